import type { NodeId, TreeBatch, TreeNode, TreeOperation } from '../protocol/tree'
import { createHandlers, type Handlers } from './handlers'
import { longestIncreasingRun } from './longest-increasing-run'
import { dataProps, diffProps, handlerNames } from './props'
import {
  attach,
  childrenOf,
  detach,
  type ElementInstance,
  type HostProps,
  type Instance,
  type ParentInstance,
  type TextInstance,
} from './tree'

/** Keeps one root's tree and writes down what a React commit changes in it. */
export interface Patches {
  readonly handlers: Handlers
  place(parent: ParentInstance, child: Instance, before: Instance | null): void
  remove(child: Instance): void
  update(element: ElementInstance, next: HostProps): void
  setText(instance: TextInstance, text: string): void
  setHidden(instance: Instance, hidden: boolean): void
  /** Says that the commit to come answers the user's edit number `eventVersion` of a field. */
  acknowledge(id: NodeId, eventVersion: number): void
  /** Ends the commit: hands over one batch, or nothing when nothing changed. */
  flush(): void
  dispose(): void
}

export const createPatches = (rootId: string, onCommit: (batch: TreeBatch) => void): Patches => {
  const handlers = createHandlers()
  /** Parents with a child in a new place. Their order is settled at the end of the commit. */
  const placed = new Set<ParentInstance>()
  let operations: TreeOperation[] = []
  /** The ids of the last operation while it is a removal, so that the next removal joins it. */
  let removal: NodeId[] | null = null
  let commit = 0
  let lastId = 0
  let disposed = false

  const record = (operation: TreeOperation) => {
    removal = null
    operations.push(operation)
  }

  const write = (instance: Instance, hidden: NodeId[]): TreeNode => {
    instance.id = ++lastId
    if (instance.hidden) hidden.push(instance.id)
    if (instance.kind === 'text') return { id: instance.id, text: instance.text }
    const names = handlerNames(instance.props)
    if (names.length > 0) handlers.bind(instance)
    const children: TreeNode[] = []
    let order = 0
    for (let child = instance.first; child; child = child.next) {
      children.push(write(child, hidden))
      child.sentOrder = order++
    }
    return {
      id: instance.id,
      component: instance.component,
      props: dataProps(instance.props),
      handlers: names,
      children,
    }
  }

  const insert = (parent: ParentInstance, child: Instance) => {
    const hidden: NodeId[] = []
    const node = write(child, hidden)
    record({ op: 'insert', parent: parent.id, before: child.next?.id ?? 0, node })
    for (const id of hidden) record({ op: 'hide', id, hidden: true })
  }

  // React's own moves for a swap of two rows in a thousand are 997. So its order of moves is not sent: the old and the new
  // order are compared, and only what is not part of their longest common run moves. Going backwards, `next` is always in place.
  const settle = (parent: ParentInstance) => {
    const children = childrenOf(parent)
    const sent = children.filter((child) => child.id !== 0)
    const staying = new Set(longestIncreasingRun(sent.map((child) => child.sentOrder)).map((index) => sent[index]))
    for (const child of children.toReversed()) {
      if (child.id === 0) insert(parent, child)
      else if (!staying.has(child)) record({ op: 'move', id: child.id, parent: parent.id, before: child.next?.id ?? 0 })
    }
    children.forEach((child, index) => {
      child.sentOrder = index
    })
  }

  const release = (instance: Instance) => {
    if (instance.kind === 'text') return
    handlers.release(instance)
    placed.delete(instance)
    for (let child = instance.first; child; child = child.next) release(child)
  }

  /** A parent that was not sent yet goes out whole, with all it holds by then. */
  const isSent = (instance: ParentInstance) => instance.kind === 'root' || instance.id !== 0

  return {
    handlers,
    place(parent, child, before) {
      attach(parent, child, before)
      placed.add(parent)
    },
    remove(child) {
      detach(child)
      release(child)
      if (child.id === 0) return
      if (removal) {
        removal.push(child.id)
        return
      }
      const ids = [child.id]
      record({ op: 'remove', ids })
      removal = ids
    },
    update(element, next) {
      const previous = element.props
      element.props = next
      if (element.id === 0) return
      const difference = diffProps(previous, next)
      if (difference) record({ op: 'set', id: element.id, ...difference })
      const names = handlerNames(next)
      if (names.join() === handlerNames(previous).join()) return
      if (names.length > 0) handlers.bind(element)
      else handlers.release(element)
      record({ op: 'handlers', id: element.id, handlers: names })
    },
    setText(instance, text) {
      instance.text = text
      if (instance.id !== 0) record({ op: 'text', id: instance.id, text })
    },
    setHidden(instance, hidden) {
      if (instance.hidden === hidden) return
      instance.hidden = hidden
      if (instance.id !== 0) record({ op: 'hide', id: instance.id, hidden })
    },
    // First in its batch: whoever applies the operations in order knows by then whether a value is an answer.
    acknowledge: (id, eventVersion) => void operations.unshift({ op: 'ack', id, eventVersion }),
    flush() {
      for (const parent of placed) if (isSent(parent)) settle(parent)
      placed.clear()
      if (operations.length === 0) return
      const batch: TreeBatch = { rootId, commit: ++commit, operations }
      operations = []
      removal = null
      if (!disposed) onCommit(batch)
    },
    dispose() {
      disposed = true
    },
  }
}
