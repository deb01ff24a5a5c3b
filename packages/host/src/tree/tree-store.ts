import {
  type ErrorCode,
  findPropProblem,
  handlerId,
  type NodeId,
  type PlainValue,
  ROOT_NODE_ID,
  type TreeBatch,
} from '@souk/extension-sdk/protocol'
import type { ReportDiagnostic } from '../diagnostic'
import { HostError } from '../host-error'
import type { Registry } from '../registry/create-registry'
import { applyOperations, type TreeLimits } from './apply-batch'
import { bindHandlers, type EventHandler } from './bind-handlers'
import { withEdit, withShownValue } from './controlled-value'
import { createDraft, type Draft } from './draft'
import type { NodeView } from './node-view'
import { type DrawnNode, NONE, type StoredNode } from './stored-node'

export type RootStatus =
  /** Nothing has been drawn yet. */
  | { readonly state: 'waiting' }
  | { readonly state: 'drawn' }
  | { readonly state: 'failed'; readonly code: ErrorCode; readonly message: string; readonly traceId?: string }

export interface ExtensionEvent {
  readonly rootId: string
  readonly handlerId: string
  readonly args: readonly PlainValue[]
  readonly eventVersion?: number
}

export interface TreeStoreOptions {
  readonly rootId: string
  readonly registry: Pick<Registry, 'find'>
  readonly limits: TreeLimits
  /** Calls the extension's handler. A rejection is reported, not thrown. */
  readonly sendEvent: (event: ExtensionEvent) => Promise<PlainValue>
  readonly report: ReportDiagnostic
  /** The root was taken down, and has nothing left to draw. */
  readonly onFailed?: (code: ErrorCode) => void
}

/** The tree of one root. A batch is applied whole or not at all, and a bad one takes down this root alone. */
export interface TreeStore {
  readonly rootId: string
  apply(batch: TreeBatch): void
  fail(code: ErrorCode, message: string, traceId?: string): void
  status(): RootStatus
  subscribeStatus(listener: () => void): () => void
  view(id: NodeId): NodeView | undefined
  subscribe(id: NodeId, listener: () => void): () => void
  /** The same function on every call for one node and event prop. */
  handler(id: NodeId, prop: string): EventHandler
  dispose(): void
}

const EMPTY: readonly NodeId[] = []

/** A batch may be wrong in thousands of places; the first ones say enough. */
const DIAGNOSTICS_PER_BATCH = 20

export const createTreeStore = (options: TreeStoreOptions): TreeStore => {
  const { rootId, registry, limits, sendEvent, report } = options
  const nodes = new Map<NodeId, DrawnNode>()
  const listeners = new Map<NodeId, Set<() => void>>()
  const statusListeners = new Set<() => void>()
  let counts = { nodes: 0, handlers: 0 }
  let lastCommit = 0
  let status: RootStatus = { state: 'waiting' }
  let isDisposed = false

  const clear = () => {
    nodes.clear()
    handlers.clear()
    const root = { id: ROOT_NODE_ID, parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, hidden: false }
    nodes.set(ROOT_NODE_ID, {
      ...root,
      content: { kind: 'root' },
      view: { kind: 'group', hidden: false, children: EMPTY },
    })
  }

  const setStatus = (next: RootStatus) => {
    status = next
    for (const listener of [...statusListeners]) listener()
  }

  const notify = (ids: Iterable<NodeId>) => {
    for (const id of ids) for (const listener of [...(listeners.get(id) ?? [])]) listener()
  }

  const fail: TreeStore['fail'] = (code, message, traceId) => {
    if (isDisposed || status.state === 'failed') return
    clear()
    report({ code, message, rootId })
    setStatus({ state: 'failed', code, message, ...(traceId ? { traceId } : {}) })
    options.onFailed?.(code)
  }

  const call = async (id: NodeId, prop: string, received: readonly unknown[]): Promise<PlainValue> => {
    const node = nodes.get(id)
    if (isDisposed || node?.content.kind !== 'element') {
      report({ code: 'HANDLER_NOT_FOUND', message: `${prop} was called on a component that is gone.`, rootId })
      return undefined
    }
    const { content } = node
    const { name, contract } = content.registered
    const schemas = (Object.hasOwn(contract.events, prop) ? contract.events[prop] : undefined) ?? []
    // The rest, such as the DOM event a component passes along, stays with the host.
    const args = schemas.map((_, index) => received[index] as PlainValue)
    const problem = schemas
      .map((schema, index) => findPropProblem(schema, args[index], `${name}.${prop} argument ${index + 1}`))
      .find(Boolean)
    if (problem) {
      report({ code: 'INVALID_PROP', message: `${problem} The event was not sent.`, rootId })
      return undefined
    }
    const isEdit = contract.controlled?.event === prop
    const value = isEdit && content.value ? withEdit(content.value, args[0]) : undefined
    const hasHandler = content.handlers.includes(prop)
    // Without a handler, a value that the extension gives is one the user may not change.
    const isReadOnly = !hasHandler && contract.controlled && Object.hasOwn(content.props, contract.controlled.value)
    if (value && !isReadOnly) {
      const edited = { ...node, content: { ...content, value } }
      nodes.set(id, { ...edited, view: drawElement(edited, node.view) })
      notify([id])
    }
    if (!hasHandler) return undefined
    try {
      return await sendEvent({
        rootId,
        handlerId: handlerId(id, prop),
        args,
        ...(value ? { eventVersion: value.edits } : {}),
      })
    } catch (error) {
      const code = error instanceof HostError ? error.code : 'EXTENSION_ERROR'
      report({ code, message: `${name}.${prop} failed: ${error instanceof Error ? error.message : 'unknown'}`, rootId })
      return undefined
    }
  }

  const handlers = bindHandlers(call)
  clear()

  const commit = (draft: Draft) => {
    const drawn: DrawnNode[] = []
    for (const [id, node] of draft.changes) {
      if (node) drawn.push({ ...node, view: draw(node, nodes.get(id), draft) })
    }
    const changed: NodeId[] = []
    for (const [id, node] of draft.changes) {
      if (node) continue
      nodes.delete(id)
      handlers.forget(id)
    }
    for (const node of drawn) {
      if (nodes.get(node.id)?.view !== node.view) changed.push(node.id)
      nodes.set(node.id, node)
    }
    notify(changed)
  }

  /** The view of a node after the draft; the same object as before when nothing of it is drawn differently. */
  const draw = (node: StoredNode, before: DrawnNode | undefined, draft: Draft): NodeView => {
    const { content, hidden } = node
    const isReordered = draft.reordered.has(node.id)
    if (before && !isReordered && before.content === content && before.hidden === hidden) return before.view
    if (content.kind === 'text') return { kind: 'text', hidden, text: content.text }
    if (!isReordered && before) {
      if (content.kind === 'element') return drawElement({ ...node, content }, before.view)
      return before.view.kind === 'group' ? { ...before.view, hidden } : before.view
    }
    const children = draft.childrenOf(node.id)
    const isSlot = (child: StoredNode) => child.content.kind === 'slot'
    const drawnIn = children.filter((child) => !isSlot(child)).map(({ id }) => id)
    if (content.kind !== 'element') return { kind: 'group', hidden, children: drawnIn }
    const { contract } = content.registered
    return drawElement(
      { ...node, content },
      {
        kind: 'element',
        hidden,
        registered: content.registered,
        props: content.props,
        handlers: content.handlers,
        children: contract.children ? drawnIn : EMPTY,
        slots: children.flatMap(({ id, content }) =>
          content.kind === 'slot' && contract.slots.includes(content.name) ? [{ name: content.name, id }] : [],
        ),
      },
    )
  }

  const drawElement = (
    { content, hidden }: StoredNode & { content: { kind: 'element' } & StoredNode['content'] },
    layout: NodeView,
  ): NodeView => {
    const { registered, props, handlers, value } = content
    const { children, slots } = layout.kind === 'element' ? layout : { children: EMPTY, slots: [] }
    const shown = withShownValue(registered.contract, props, value)
    return { kind: 'element', hidden, registered, props: shown, handlers, children, slots }
  }

  const findUndrawn = (draft: Draft): string[] =>
    [...draft.reordered].flatMap((id) => {
      const content = draft.find(id)?.content
      if (content?.kind !== 'element') return []
      const { name, contract } = content.registered
      return draft.childrenOf(id).flatMap(({ content: held }) => {
        if (held.kind === 'slot')
          return contract.slots.includes(held.name) ? [] : [`${name} has no slot ${held.name}; it is not drawn.`]
        return contract.children ? [] : [`${name} takes no children; they are not drawn.`]
      })
    })

  return {
    rootId,
    fail,
    status: () => status,
    view: (id) => nodes.get(id)?.view,
    handler: handlers.of,
    apply(batch) {
      if (isDisposed || status.state === 'failed') return
      if (batch.commit !== lastCommit + 1)
        return fail(
          'BATCH_OUT_OF_ORDER',
          `Commit ${batch.commit} arrived after commit ${lastCommit}. The extension has to be started again.`,
        )
      const draft = createDraft(nodes, limits.treeDepth)
      const nextCounts = { ...counts }
      const problems: string[] = []
      try {
        applyOperations(batch.operations, {
          draft,
          registry,
          limits,
          counts: nextCounts,
          report: (problem) => void problems.push(problem),
        })
      } catch (error) {
        if (!(error instanceof HostError)) throw error
        return fail(error.code, error.message)
      }
      lastCommit = batch.commit
      counts = nextCounts
      commit(draft)
      if (status.state === 'waiting') setStatus({ state: 'drawn' })
      problems.push(...findUndrawn(draft))
      for (const message of problems.slice(0, DIAGNOSTICS_PER_BATCH)) report({ code: 'INVALID_PROP', message, rootId })
    },
    subscribe(id, listener) {
      const ofNode = listeners.get(id) ?? new Set()
      listeners.set(id, ofNode)
      ofNode.add(listener)
      return () => {
        ofNode.delete(listener)
        if (ofNode.size === 0 && listeners.get(id) === ofNode) listeners.delete(id)
      }
    },
    subscribeStatus(listener) {
      statusListeners.add(listener)
      return () => void statusListeners.delete(listener)
    },
    dispose() {
      isDisposed = true
      clear()
      statusListeners.clear()
    },
  }
}
