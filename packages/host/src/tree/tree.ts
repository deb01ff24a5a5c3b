import {
  type BridgeLimits,
  type NodeId,
  type NodeShape,
  ROOT_NODE_ID,
  SLOT_COMPONENT,
  type TreeWriter,
} from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'
import { checkHandlers, checkProps } from '../registry/check-props'
import type { Registry } from '../registry/create-registry'
import { type CheckedShape, checkShape } from './check-shape'
import { UNEDITED, withAnswer } from './controlled-value'
import { childrenOf, createHostNode, type HostElement, type HostNode, isElement, link, unlink } from './host-node'

export type TreeLimits = Pick<BridgeLimits, 'nodesPerRoot' | 'treeDepth' | 'handlersPerRoot' | 'stringLength'>

export interface TreeOptions {
  readonly registry: Pick<Registry, 'find'>
  readonly limits: TreeLimits
  /** Told of each prop, event or child that is not drawn, in a sentence. */
  readonly report: (problem: string) => void
  readonly onRemoved: (id: NodeId) => void
}

/**
 * The nodes of one root.
 *
 * Operations change them as they are said. An operation that is wrong throws a `HostError`, and the tree is then of no use: whoever
 * applies a batch draws nothing of it before the end of the batch, and clears the tree when there is no such end.
 */
export interface Tree {
  /** Its methods throw `UNKNOWN_NODE`, `UNAUTHORIZED_COMPONENT` or `LIMIT_EXCEEDED`. */
  readonly writer: TreeWriter
  /** @throws {HostError} `LIMIT_EXCEEDED` when the tree as a whole is larger than it may be. */
  checkSize(): void
  find(id: NodeId): HostNode | undefined
  readonly root: HostNode
  /** Says that what is drawn of the node has changed. */
  touch(node: HostNode): void
  /** Says that the node has to be drawn by what stands around it, because nothing draws it by itself now. */
  touchAround(node: HostNode): void
  /** The boundaries that have to be drawn again since it was asked last. */
  takeTouched(): ReadonlySet<HostNode>
  clear(): void
}

const overLimit = (what: string, limit: number) =>
  new HostError('LIMIT_EXCEEDED', `The tree has more than ${limit} ${what}. Show less at once, for example in pages.`)

const tooDeep = (limit: number) =>
  new HostError('LIMIT_EXCEEDED', `The tree is deeper than ${limit} levels. Nest its components less.`)

const slotName = (name: unknown): string => (typeof name === 'string' ? name : '')

export const createTree = ({ registry, limits, report, onRemoved }: TreeOptions): Tree => {
  const root = createHostNode(ROOT_NODE_ID, 'root')
  root.isBoundary = true
  const nodes = new Map<NodeId, HostNode>([[ROOT_NODE_ID, root]])
  const checkedShapes = new WeakMap<NodeShape, CheckedShape>()
  const counts = { nodes: 0, handlers: 0 }
  let touched = new Set<HostNode>()
  let hasMovedDeep = false
  /** Where the next node goes that is not a child of one said before it. */
  let place = { parent: root, before: null as HostNode | null, depth: 1 }
  /** The elements whose children are still to come, innermost last. */
  const open: { readonly node: HostNode; missing: number }[] = []

  const get = (id: NodeId): HostNode => {
    const node = nodes.get(id)
    if (node) return node
    throw new HostError('UNKNOWN_NODE', `The batch names node ${id}, which is not in the tree. Render the root again.`)
  }

  const elementOf = (id: NodeId): HostElement => {
    const node = get(id)
    if (isElement(node)) return node
    throw new HostError('UNKNOWN_NODE', `The batch changes node ${id} as a component, which it is not.`)
  }

  const placeOf = (parentId: NodeId, beforeId: NodeId) => {
    const parent = get(parentId)
    if (parent.kind === 'text')
      throw new HostError('UNKNOWN_NODE', `The batch puts a child into node ${parentId}, which is a text.`)
    const before = beforeId === 0 ? null : get(beforeId)
    if (before && before.parent !== parent)
      throw new HostError('UNKNOWN_NODE', `The batch puts a node before node ${beforeId}, which has another parent.`)
    return { parent, before, depth: depthOf(parent) + 1 }
  }

  const depthOf = (node: HostNode): number => {
    let depth = 0
    for (let at = node; at.parent; at = at.parent) if (++depth > limits.treeDepth) throw tooDeep(limits.treeDepth)
    return depth
  }

  const touch = (node: HostNode) => {
    for (let at: HostNode | null = node; at; at = at.parent) {
      if (at.isBoundary) {
        at.inside = undefined
        touched.add(at)
        return
      }
      // It was touched before, and with it all that stands around it. A slot is drawn as a part of its parent.
      if (at.drawn === undefined && at !== node && at.kind !== 'slot') return
      at.drawn = undefined
    }
  }

  const reportUndrawn = (parent: HostNode, child: HostNode) => {
    if (!isElement(parent)) return
    const { name, contract } = parent.registered
    if (child.kind === 'slot') {
      if (!contract.slots.includes(child.text)) report(`${name} has no slot ${child.text}; it is not drawn.`)
    } else if (!contract.children) report(`${name} takes no children; they are not drawn.`)
  }

  const add = (node: HostNode, childCount: number) => {
    if (nodes.has(node.id))
      throw new HostError('UNKNOWN_NODE', `The batch inserts node ${node.id}, which is in the tree already.`)
    if (place.depth + open.length > limits.treeDepth) throw tooDeep(limits.treeDepth)
    nodes.set(node.id, node)
    counts.nodes += 1
    counts.handlers += node.handlers.length
    // Checked here as well as at the end, so that a hostile batch costs no more than the limit.
    if (counts.nodes > limits.nodesPerRoot * 2) throw overLimit('nodes', limits.nodesPerRoot)
    const holder = open.at(-1)
    if (holder) {
      link(node, holder.node, null)
      reportUndrawn(holder.node, node)
      holder.missing--
    } else {
      link(node, place.parent, place.before)
      reportUndrawn(place.parent, node)
      touch(place.parent)
    }
    if (childCount > 0) open.push({ node, missing: childCount })
    else while (open.at(-1)?.missing === 0) open.pop()
  }

  const checkedShapeOf = (shape: NodeShape): CheckedShape => {
    const known = checkedShapes.get(shape)
    if (known) return known
    const checked = checkShape(shape, registry)
    if (!checked)
      throw new HostError(
        'UNAUTHORIZED_COMPONENT',
        `The extension used ${JSON.stringify(shape.component.slice(0, 60))}, a component this product does not offer. ` +
          'Use the components of its contract.',
      )
    checkedShapes.set(shape, checked)
    return checked
  }

  const forget = (top: HostNode) => {
    const gone = [top]
    // The list grows while it is walked: a loop, because hostile trees are deep.
    for (let index = 0; index < gone.length; index++) {
      const node = gone[index] as HostNode
      nodes.delete(node.id)
      counts.nodes -= 1
      counts.handlers -= node.handlers.length
      onRemoved(node.id)
      for (let child = node.first; child; child = child.next) gone.push(child)
    }
  }

  const checkDepth = () => {
    let level = childrenOf(root)
    for (let depth = 1; level.length > 0; depth++) {
      if (depth > limits.treeDepth) throw tooDeep(limits.treeDepth)
      level = level.flatMap(childrenOf)
    }
  }

  const writer: TreeWriter = {
    insert(parent, before) {
      place = placeOf(parent, before)
      open.length = 0
    },
    element(id, shape, props, childCount) {
      if (shape.component === SLOT_COMPONENT) return add(createHostNode(id, 'slot', slotName(props.name)), childCount)
      const { registered, handlers, problems, check } = checkedShapeOf(shape)
      const checked = check(props)
      for (const problem of problems) report(problem)
      for (const problem of checked.problems) report(problem)
      const node = createHostNode(id, 'element', '', registered, checked.props, handlers)
      if (registered.contract.controlled) node.value = UNEDITED
      add(node, childCount)
    },
    textNode: (id, text) => add(createHostNode(id, 'text', text), 0),
    move(id, parentId, beforeId) {
      const node = get(id)
      if (node === root) throw new HostError('UNKNOWN_NODE', 'The batch moves the root.')
      if (beforeId === id) throw new HostError('UNKNOWN_NODE', `The batch moves node ${id} before itself.`)
      const { parent, before } = placeOf(parentId, beforeId)
      for (let at: HostNode | null = parent; at; at = at.parent)
        if (at === node) throw new HostError('UNKNOWN_NODE', `The batch moves node ${id} into itself.`)
      if (node.parent !== parent) {
        hasMovedDeep = true
        if (node.parent) touch(node.parent)
        reportUndrawn(parent, node)
      }
      unlink(node)
      link(node, parent, before)
      touch(parent)
    },
    remove(ids) {
      for (const id of ids) {
        const node = get(id)
        if (!node.parent) throw new HostError('UNKNOWN_NODE', 'The batch removes the root.')
        touch(node.parent)
        unlink(node)
        forget(node)
      }
    },
    set(id, props, unset) {
      const slot = get(id)
      if (slot.kind === 'slot' && slot.parent) {
        slot.text = slotName(props.name)
        reportUndrawn(slot.parent, slot)
        return touch(slot.parent)
      }
      const node = elementOf(id)
      const { name, contract } = node.registered
      const checked = checkProps(name, contract, node.props, props, unset)
      node.props = checked.props
      touch(node)
      for (const problem of checked.problems) report(problem)
    },
    handlers(id, names) {
      const node = elementOf(id)
      const { name, contract } = node.registered
      const { handlers, problems } = checkHandlers(name, contract, names)
      counts.handlers += handlers.length - node.handlers.length
      node.handlers = handlers
      touch(node)
      for (const problem of problems) report(problem)
    },
    text(id, text) {
      const node = get(id)
      if (node.kind !== 'text' || !node.parent)
        throw new HostError('UNKNOWN_NODE', `The batch sets the text of node ${id}, which is no text.`)
      node.text = text
      touch(node.parent)
    },
    hide(id, hidden) {
      const node = get(id)
      if (!node.parent) throw new HostError('UNKNOWN_NODE', 'The batch hides the root.')
      node.hidden = hidden
      touch(node.parent)
    },
    ack(id, eventVersion) {
      // The field may be gone: the user edited it while the extension removed it.
      const node = nodes.get(id)
      if (!node?.value) return
      const value = withAnswer(node.value, eventVersion)
      if (value === node.value) return
      node.value = value
      touch(node)
    },
  }

  return {
    writer,
    root,
    find: (id) => nodes.get(id),
    touch,
    touchAround(node) {
      node.drawn = undefined
      if (node.parent) touch(node.parent)
    },
    checkSize() {
      if (hasMovedDeep) checkDepth()
      hasMovedDeep = false
      if (counts.nodes > limits.nodesPerRoot) throw overLimit('nodes', limits.nodesPerRoot)
      if (counts.handlers > limits.handlersPerRoot) throw overLimit('handlers', limits.handlersPerRoot)
    },
    takeTouched() {
      const taken = touched
      touched = new Set()
      return taken
    },
    clear() {
      nodes.clear()
      root.first = root.last = null
      root.childCount = 0
      nodes.set(ROOT_NODE_ID, root)
      touch(root)
    },
  }
}
