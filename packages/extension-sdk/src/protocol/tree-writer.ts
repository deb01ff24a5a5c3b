import type { PlainValue } from './plain-value'
import { type ElementNode, isTextNode, type NodeId, type TreeBatch, type TreeNode, type TreeOperation } from './tree'

/** What many nodes of a tree have in common. Compared by identity, so that what is known of one is known of all. */
export interface NodeShape {
  readonly component: string
  /** Names of the data props. A node of this shape has a value for each. */
  readonly props: readonly string[]
  /** Names of the event props. */
  readonly handlers: readonly string[]
}

export type NodeProps = Readonly<Record<string, PlainValue>>

/**
 * The operations of a batch, said one after the other: the reconciler speaks, the host's tree listens, and the forms of the wire
 * stand between them. A subtree follows its `insert`, parents before their children.
 */
export interface TreeWriter {
  /** The next node said, with the children said after it, goes to this place. */
  insert(parent: NodeId, before: NodeId): void
  /** @param props Holds at least what the shape names; only that is meant. */
  element(id: NodeId, shape: NodeShape, props: NodeProps, childCount: number): void
  textNode(id: NodeId, text: string): void
  move(id: NodeId, parent: NodeId, before: NodeId): void
  remove(ids: readonly NodeId[]): void
  set(id: NodeId, props: NodeProps, unset: readonly string[]): void
  handlers(id: NodeId, handlers: readonly string[]): void
  text(id: NodeId, text: string): void
  hide(id: NodeId, hidden: boolean): void
  ack(id: NodeId, eventVersion: number): void
}

/** A writer that holds a batch until it is taken. */
export interface BatchWriter<Batch> extends TreeWriter {
  readonly isEmpty: boolean
  take(rootId: string, commit: number): Batch
}

/**
 * Says plain operations to a writer.
 *
 * @param shapes Those of the batches before, when shapes should stay the same from one batch to the next.
 */
export const sayOperations = (
  operations: readonly TreeOperation[],
  writer: TreeWriter,
  shapes: Map<string, NodeShape> = new Map(),
): void => {
  const shapeOf = ({ component, props, handlers }: ElementNode): NodeShape => {
    const names = Object.keys(props)
    const key = JSON.stringify([component, names, handlers])
    const known = shapes.get(key) ?? { component, props: names, handlers }
    shapes.set(key, known)
    return known
  }

  const sayNode = (node: TreeNode) => {
    if (isTextNode(node)) return writer.textNode(node.id, node.text)
    writer.element(node.id, shapeOf(node), node.props, node.children.length)
    for (const child of node.children) sayNode(child)
  }

  for (const operation of operations) {
    switch (operation.op) {
      case 'insert':
        writer.insert(operation.parent, operation.before)
        sayNode(operation.node)
        break
      case 'move':
        writer.move(operation.id, operation.parent, operation.before)
        break
      case 'remove':
        writer.remove(operation.ids)
        break
      case 'set':
        writer.set(operation.id, operation.props, operation.unset)
        break
      case 'handlers':
        writer.handlers(operation.id, operation.handlers)
        break
      case 'text':
        writer.text(operation.id, operation.text)
        break
      case 'hide':
        writer.hide(operation.id, operation.hidden)
        break
      case 'ack':
        writer.ack(operation.id, operation.eventVersion)
    }
  }
}

/** Writes down plain operations. */
export const createPlainWriter = (): BatchWriter<TreeBatch> => {
  let operations: TreeOperation[] = []
  let place = { parent: 0, before: 0 }
  /** The elements that still wait for children, innermost last. */
  const open: { readonly children: TreeNode[]; missing: number }[] = []

  const add = (node: TreeNode) => {
    const holder = open.at(-1)
    if (!holder) return void operations.push({ op: 'insert', ...place, node })
    holder.children.push(node)
    holder.missing--
    while (open.at(-1)?.missing === 0) open.pop()
  }

  return {
    insert(parent, before) {
      place = { parent, before }
    },
    element(id, { component, props: names, handlers }, values, childCount) {
      const props: Record<string, PlainValue> = {}
      for (const name of names) props[name] = values[name]
      const children: TreeNode[] = []
      add({ id, component, props, handlers, children })
      if (childCount > 0) open.push({ children, missing: childCount })
    },
    textNode: (id, text) => add({ id, text }),
    move: (id, parent, before) => void operations.push({ op: 'move', id, parent, before }),
    remove: (ids) => void operations.push({ op: 'remove', ids }),
    set: (id, props, unset) => void operations.push({ op: 'set', id, props, unset }),
    handlers: (id, handlers) => void operations.push({ op: 'handlers', id, handlers }),
    text: (id, text) => void operations.push({ op: 'text', id, text }),
    hide: (id, hidden) => void operations.push({ op: 'hide', id, hidden }),
    ack: (id, eventVersion) => void operations.push({ op: 'ack', id, eventVersion }),
    get isEmpty() {
      return operations.length === 0
    },
    take(rootId, commit) {
      const batch: TreeBatch = { rootId, commit, operations }
      operations = []
      return batch
    },
  }
}
