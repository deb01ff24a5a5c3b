import type { NodeId } from '../protocol/tree'
import type { BatchWriter, NodeProps } from '../protocol/tree-writer'
import { SdkError } from '../sdk-error'
import { createHandlers, type Handlers } from './handlers'
import { longestIncreasingRun } from './longest-increasing-run'
import { diffProps } from './props'
import { checkDepth, type RootLimits, tooMany } from './root-limits'
import { createShapes } from './shapes'
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
  /** The first commit has come. It is handed over even when it is empty, so that nobody goes on waiting for it. */
  begin(): void
  /** Ends the commit: hands over one batch, or nothing when nothing changed. */
  flush(): void
  dispose(): void
}

export interface PatchesOptions<Batch> {
  readonly rootId: string
  /** Says what form the batches have. */
  readonly writer: BatchWriter<Batch>
  readonly limits: RootLimits
  /** What is wrong with a batch that the other side would refuse, in a sentence. Without it, the relay says so. */
  readonly findProblem?: (batch: Batch) => string | undefined
  readonly onCommit: (batch: Batch) => void
  /** The tree has become more than it may be, so that nothing is handed over any more. */
  readonly onOverLimit: (error: SdkError) => void
}

export const createPatches = <Batch>(options: PatchesOptions<Batch>): Patches => {
  const { rootId, writer, limits, findProblem, onCommit, onOverLimit } = options
  const handlers = createHandlers()
  const shapes = createShapes()
  /** Parents with a child in a new place. Their order is settled at the end of the commit. */
  const placed = new Set<ParentInstance>()
  /** The edit that this commit answers. It is said before anything else, so that whoever listens knows by then whether a value is an answer. */
  let edit: { readonly id: NodeId; readonly version: number } | null = null
  /** The removals that were not said yet: those that follow one another are said together. */
  let removed: NodeId[] = []
  let begun = false
  let commit = 0
  let lastId = 0
  /** How many nodes the other side has. */
  let nodes = 0
  let disposed = false

  /** The writer for the next operation. */
  const say = (): BatchWriter<Batch> => {
    if (edit) writer.ack(edit.id, edit.version)
    edit = null
    if (removed.length > 0) writer.remove(removed)
    removed = []
    return writer
  }

  /** Says a subtree that was not sent yet, and gives it its ids. */
  const write = (instance: Instance, hidden: NodeId[]) => {
    instance.id = ++lastId
    nodes++
    if (instance.hidden) hidden.push(instance.id)
    if (instance.kind === 'text') return writer.textNode(instance.id, instance.text)
    const shape = shapes.of(instance.component, instance.props)
    if (shape.handlers.length > 0) handlers.bind(instance, shape.handlers.length)
    // assertSendable has refused everything but plain values before an instance could have these props.
    writer.element(instance.id, shape, instance.props as NodeProps, instance.childCount)
    let order = 0
    for (let child = instance.first; child; child = child.next) {
      write(child, hidden)
      child.sentOrder = order++
    }
  }

  const insert = (parent: ParentInstance, child: Instance) => {
    const hidden: NodeId[] = []
    say().insert(parent.id, child.next?.id ?? 0)
    write(child, hidden)
    for (const id of hidden) writer.hide(id, true)
  }

  // React's own moves for a swap of two rows in a thousand are 997. So its order of moves is not sent: the old and the new
  // order are compared, and only what is not part of their longest common run moves. Going backwards, `next` is always in place.
  const settle = (parent: ParentInstance) => {
    const children = childrenOf(parent)
    const sent = children.filter((child) => child.id !== 0)
    const staying = new Set(longestIncreasingRun(sent.map((child) => child.sentOrder)).map((index) => sent[index]))
    for (const child of children.toReversed()) {
      if (child.id === 0) insert(parent, child)
      else if (!staying.has(child)) say().move(child.id, parent.id, child.next?.id ?? 0)
    }
    children.forEach((child, index) => {
      child.sentOrder = index
    })
  }

  const release = (instance: Instance) => {
    if (instance.id !== 0) nodes--
    if (instance.kind === 'text') return
    handlers.release(instance)
    placed.delete(instance)
    for (let child = instance.first; child; child = child.next) release(child)
  }

  const overLimit = (error: SdkError) => {
    disposed = true
    onOverLimit(error)
  }

  /** A parent that was not sent yet goes out whole, with all it holds by then. */
  const isSent = (instance: ParentInstance) => instance.kind === 'root' || instance.id !== 0

  return {
    handlers,
    place(parent, child, before) {
      checkDepth(parent, child, limits)
      attach(parent, child, before)
      placed.add(parent)
    },
    remove(child) {
      detach(child)
      release(child)
      if (child.id !== 0) removed.push(child.id)
    },
    update(element, next) {
      const previous = element.props
      element.props = next
      if (element.id === 0) return
      const { props, unset, hasData, hasHandlers } = diffProps(previous, next)
      if (hasData) say().set(element.id, props, unset)
      if (!hasHandlers) return
      const names = shapes.of(element.component, next).handlers
      if (names.length > 0) handlers.bind(element, names.length)
      else handlers.release(element)
      say().handlers(element.id, names)
    },
    setText(instance, text) {
      instance.text = text
      if (instance.id !== 0) say().text(instance.id, text)
    },
    setHidden(instance, hidden) {
      if (instance.hidden === hidden) return
      instance.hidden = hidden
      if (instance.id !== 0) say().hide(instance.id, hidden)
    },
    acknowledge(id, version) {
      edit = { id, version }
    },
    begin() {
      begun = true
    },
    flush() {
      for (const parent of placed) if (isSent(parent)) settle(parent)
      placed.clear()
      if (say().isEmpty && (commit > 0 || !begun)) return
      const batch = writer.take(rootId, ++commit)
      if (disposed) return
      const { nodesPerRoot, handlersPerRoot } = limits
      if (nodes > nodesPerRoot) return overLimit(tooMany('nodes', nodesPerRoot))
      if (handlers.size > handlersPerRoot) return overLimit(tooMany('handlers', handlersPerRoot))
      const problem = findProblem?.(batch)
      if (problem) return overLimit(new SdkError('LIMIT_EXCEEDED', problem))
      onCommit(batch)
    },
    dispose() {
      disposed = true
    },
  }
}
