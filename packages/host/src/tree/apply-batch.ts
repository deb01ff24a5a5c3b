import {
  type BridgeLimits,
  type ElementNode,
  isTextNode,
  type NodeId,
  SLOT_COMPONENT,
  type TreeNode,
  type TreeOperation,
} from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'
import { checkHandlers, checkProps } from '../registry/check-props'
import type { Registry } from '../registry/create-registry'
import { UNEDITED, withAnswer } from './controlled-value'
import type { Draft } from './draft'
import type { NodeContent, StoredNode } from './stored-node'

export type TreeLimits = Pick<BridgeLimits, 'nodesPerRoot' | 'treeDepth' | 'handlersPerRoot'>

export interface TreeCounts {
  nodes: number
  handlers: number
}

export interface ApplyOptions {
  readonly draft: Draft
  readonly registry: Pick<Registry, 'find'>
  readonly limits: TreeLimits
  /** Counts of the tree, changed as the operations are applied. */
  readonly counts: TreeCounts
  /** Told of each prop that was dropped or replaced, in a sentence. */
  readonly report: (problem: string) => void
}

/**
 * Applies operations to a draft.
 *
 * @throws {HostError} `UNKNOWN_NODE`, `UNAUTHORIZED_COMPONENT` or `LIMIT_EXCEEDED`; the draft is then of no use.
 */
export const applyOperations = (operations: readonly TreeOperation[], options: ApplyOptions): void => {
  const { draft, counts } = options
  for (const operation of operations) applyOperation(operation, options)
  draft.checkDepth()
  const { nodesPerRoot, handlersPerRoot } = options.limits
  if (counts.nodes > nodesPerRoot) throw overLimit('nodes', nodesPerRoot)
  if (counts.handlers > handlersPerRoot) throw overLimit('handlers', handlersPerRoot)
}

const overLimit = (what: string, limit: number) =>
  new HostError('LIMIT_EXCEEDED', `The tree has more than ${limit} ${what}. Show less at once, for example in pages.`)

const applyOperation = (operation: TreeOperation, options: ApplyOptions) => {
  const { draft, counts } = options
  switch (operation.op) {
    case 'insert':
      return insert(operation.node, operation.parent, operation.before, draft.depthOf(operation.parent) + 1, options)
    case 'move':
      return draft.move(operation.id, operation.parent, operation.before)
    case 'remove':
      for (const id of operation.ids) {
        for (const node of draft.remove(id)) {
          counts.nodes -= 1
          counts.handlers -= handlersOf(node.content)
        }
      }
      return
    case 'set':
      return set(operation, options)
    case 'handlers': {
      const { content } = elementOf(draft, operation.id)
      const { name, contract } = content.registered
      const { handlers, problems } = checkHandlers(name, contract, operation.handlers)
      counts.handlers += handlers.length - content.handlers.length
      draft.update(operation.id, { content: { ...content, handlers } })
      return reportAll(problems, options)
    }
    case 'text': {
      if (draft.get(operation.id).content.kind !== 'text')
        throw new HostError('UNKNOWN_NODE', `The batch sets the text of node ${operation.id}, which is no text.`)
      return draft.update(operation.id, { content: { kind: 'text', text: operation.text } })
    }
    case 'hide':
      if (draft.get(operation.id).content.kind === 'root')
        throw new HostError('UNKNOWN_NODE', 'The batch hides the root.')
      return draft.update(operation.id, { hidden: operation.hidden })
    case 'ack': {
      // The field may be gone: the user edited it while the extension removed it.
      const content = draft.find(operation.id)?.content
      if (content?.kind !== 'element' || !content.value) return
      const value = withAnswer(content.value, operation.eventVersion)
      if (value !== content.value) draft.update(operation.id, { content: { ...content, value } })
    }
  }
}

export const handlersOf = (content: NodeContent): number => (content.kind === 'element' ? content.handlers.length : 0)

const reportAll = (problems: readonly string[], { report }: ApplyOptions): void => {
  for (const problem of problems) report(problem)
}

const elementOf = (draft: Draft, id: NodeId): StoredNode & { content: { kind: 'element' } & NodeContent } => {
  const node = draft.get(id)
  if (node.content.kind !== 'element')
    throw new HostError('UNKNOWN_NODE', `The batch changes node ${id} as a component, which it is not.`)
  return { ...node, content: node.content }
}

const insert = (node: TreeNode, parent: NodeId, before: NodeId, depth: number, options: ApplyOptions): void => {
  const { draft, limits, counts } = options
  if (depth > limits.treeDepth)
    throw new HostError('LIMIT_EXCEEDED', `The tree is deeper than ${limits.treeDepth} levels. Nest it less.`)
  const content: NodeContent = isTextNode(node) ? { kind: 'text', text: node.text } : createContent(node, options)
  draft.insert(node.id, content, parent, before)
  counts.nodes += 1
  counts.handlers += handlersOf(content)
  // Checked here as well as at the end, so that a hostile batch costs no more than the limit.
  if (counts.nodes > limits.nodesPerRoot * 2) throw overLimit('nodes', limits.nodesPerRoot)
  if (!isTextNode(node)) for (const child of node.children) insert(child, node.id, 0, depth + 1, options)
}

const createContent = (node: ElementNode, options: ApplyOptions): NodeContent => {
  if (node.component === SLOT_COMPONENT) return { kind: 'slot', name: slotName(node.props.name) }
  const registered = options.registry.find(node.component)
  if (!registered)
    throw new HostError(
      'UNAUTHORIZED_COMPONENT',
      `The extension used ${JSON.stringify(node.component.slice(0, 60))}, a component this product does not offer. ` +
        'Use the components of its contract.',
    )
  const { name, contract } = registered
  const { props, problems } = checkProps(name, contract, {}, node.props)
  const { handlers, problems: more } = checkHandlers(name, contract, node.handlers)
  reportAll([...problems, ...more], options)
  return { kind: 'element', registered, props, handlers, value: contract.controlled ? UNEDITED : undefined }
}

const slotName = (name: unknown): string => (typeof name === 'string' ? name : '')

const set = (operation: TreeOperation & { readonly op: 'set' }, options: ApplyOptions): void => {
  const { draft } = options
  const { id, props, unset } = operation
  const node = draft.get(id)
  if (node.content.kind === 'slot') {
    draft.update(id, { content: { kind: 'slot', name: slotName(props.name) } })
    draft.redraw(node.parent)
    return
  }
  const { content } = elementOf(draft, id)
  const checked = checkProps(content.registered.name, content.registered.contract, content.props, props, unset)
  draft.update(id, { content: { ...content, props: checked.props } })
  reportAll(checked.problems, options)
}
