import { type NodeId, ROOT_NODE_ID } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'
import { NONE, type NodeContent, type StoredNode } from './stored-node'

/**
 * The changes of one batch, beside the tree that they will change. Nothing of the tree is touched before all of them are known
 * to be right; a draft that fails is dropped.
 */
export interface Draft {
  find(id: NodeId): StoredNode | undefined
  /** @throws {HostError} `UNKNOWN_NODE` */
  get(id: NodeId): StoredNode
  /** Adds a node without children at the place. */
  insert(id: NodeId, content: NodeContent, parent: NodeId, before: NodeId): void
  move(id: NodeId, parent: NodeId, before: NodeId): void
  /** Removes the node with all that it holds. Returns what was removed. */
  remove(id: NodeId): readonly StoredNode[]
  update(id: NodeId, changes: Partial<Pick<StoredNode, 'content' | 'hidden'>>): void
  /** Has the node's list of children made again. */
  redraw(id: NodeId): void
  childrenOf(id: NodeId): readonly StoredNode[]
  /** 1 for a child of the root. Stops counting, and refuses, past the limit. */
  depthOf(id: NodeId): number
  /** @throws {HostError} `LIMIT_EXCEEDED` when moves have made the tree deeper than the limit. */
  checkDepth(): void
  /** Every node that changed, and `undefined` for each that is gone. */
  readonly changes: ReadonlyMap<NodeId, StoredNode | undefined>
  /** The nodes whose list of children changed. */
  readonly reordered: ReadonlySet<NodeId>
}

export const createDraft = (nodes: ReadonlyMap<NodeId, StoredNode>, maxDepth: number): Draft => {
  const changes = new Map<NodeId, StoredNode | undefined>()
  const reordered = new Set<NodeId>()
  let isDepthUncertain = false

  const find = (id: NodeId) => (changes.has(id) ? changes.get(id) : nodes.get(id))

  const get = (id: NodeId): StoredNode => {
    const node = find(id)
    if (!node)
      throw new HostError(
        'UNKNOWN_NODE',
        `The batch names node ${id}, which is not in the tree. Render the root again.`,
      )
    return node
  }

  const put = (id: NodeId, fields: Partial<Omit<StoredNode, 'id'>>) => void changes.set(id, { ...get(id), ...fields })

  // A node whose children change place may keep its first and last, so it has to be named here to be drawn again.
  const redraw = (id: NodeId) => {
    reordered.add(id)
    put(id, {})
  }

  const holder = (id: NodeId): StoredNode => {
    const node = get(id)
    if (node.content.kind === 'text')
      throw new HostError('UNKNOWN_NODE', `The batch puts a child into node ${id}, which is a text.`)
    return node
  }

  const depthOf = (id: NodeId): number => {
    let depth = 0
    for (let at = id; at !== ROOT_NODE_ID; at = get(at).parent) {
      if (++depth > maxDepth)
        throw new HostError('LIMIT_EXCEEDED', `The tree is deeper than ${maxDepth} levels. Nest its components less.`)
    }
    return depth
  }

  const childrenOf = (id: NodeId): StoredNode[] => {
    const children: StoredNode[] = []
    for (let at = get(id).first; at !== NONE; ) {
      const child = get(at)
      children.push(child)
      at = child.next
    }
    return children
  }

  const detach = (node: StoredNode) => {
    if (node.previous === NONE) put(node.parent, { first: node.next })
    else put(node.previous, { next: node.next })
    if (node.next === NONE) put(node.parent, { last: node.previous })
    else put(node.next, { previous: node.previous })
    redraw(node.parent)
  }

  const attach = (id: NodeId, parent: NodeId, before: NodeId) => {
    const next = before === NONE ? undefined : get(before)
    if (next && next.parent !== parent)
      throw new HostError('UNKNOWN_NODE', `The batch puts a node before node ${before}, which has another parent.`)
    const previous = next ? next.previous : get(parent).last
    put(id, { parent, previous, next: before })
    if (previous === NONE) put(parent, { first: id })
    else put(previous, { next: id })
    if (next) put(before, { previous: id })
    else put(parent, { last: id })
    redraw(parent)
  }

  return {
    find,
    get,
    depthOf,
    childrenOf,
    changes,
    reordered,
    insert(id, content, parent, before) {
      holder(parent)
      if (find(id)) throw new HostError('UNKNOWN_NODE', `The batch inserts node ${id}, which is in the tree already.`)
      const alone = { parent, previous: NONE, next: NONE, first: NONE, last: NONE }
      changes.set(id, { id, content, hidden: false, ...alone })
      attach(id, parent, before)
      reordered.add(id)
    },
    move(id, parent, before) {
      if (id === ROOT_NODE_ID) throw new HostError('UNKNOWN_NODE', 'The batch moves the root.')
      const node = get(id)
      if (before === id) throw new HostError('UNKNOWN_NODE', `The batch moves node ${id} before itself.`)
      holder(parent)
      depthOf(parent)
      for (let at = parent; at !== ROOT_NODE_ID; at = get(at).parent) {
        if (at === id) throw new HostError('UNKNOWN_NODE', `The batch moves node ${id} into itself.`)
      }
      if (node.parent !== parent) isDepthUncertain = true
      detach(node)
      attach(id, parent, before)
    },
    remove(id) {
      if (id === ROOT_NODE_ID) throw new HostError('UNKNOWN_NODE', 'The batch removes the root.')
      const top = get(id)
      detach(top)
      const removed = [top]
      // The list grows while it is walked: a loop, because hostile trees are deep.
      for (let index = 0; index < removed.length; index++) {
        const node = removed[index]
        if (node) for (const child of childrenOf(node.id)) removed.push(child)
      }
      for (const node of removed) {
        changes.set(node.id, undefined)
        reordered.delete(node.id)
      }
      return removed
    },
    update: put,
    redraw,
    checkDepth() {
      if (!isDepthUncertain) return
      let level = childrenOf(ROOT_NODE_ID)
      for (let depth = 1; level.length > 0; depth++) {
        if (depth > maxDepth)
          throw new HostError('LIMIT_EXCEEDED', `The tree is deeper than ${maxDepth} levels. Nest its components less.`)
        level = level.flatMap(({ id }) => childrenOf(id))
      }
    },
  }
}
