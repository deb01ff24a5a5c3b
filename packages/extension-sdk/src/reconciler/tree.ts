import type { NodeId } from '../protocol/tree'
import type { CallMethod } from './remote-ref'

/** What React hands over for one element, `children` included. */
export type HostProps = Readonly<Record<string, unknown>>

interface Linked {
  parent: ParentInstance | null
  previous: Instance | null
  next: Instance | null
  /** 0 until the batch that inserts it is written. Never reused. */
  id: NodeId
  /** The place among its siblings as the other side has them. Only its order means anything. */
  sentOrder: number
  hidden: boolean
  /** Levels it had when it was made, itself included. */
  height: number
}

export interface ElementInstance extends Linked {
  readonly kind: 'element'
  readonly component: string
  props: HostProps
  /** How many of its event props the other side may call. */
  events: number
  first: Instance | null
  last: Instance | null
  childCount: number
}

export interface TextInstance extends Linked {
  readonly kind: 'text'
  text: string
}

export interface RootInstance {
  readonly kind: 'root'
  readonly id: 0
  readonly callMethod: CallMethod
  first: Instance | null
  last: Instance | null
  childCount: number
}

export type Instance = ElementInstance | TextInstance
export type ParentInstance = ElementInstance | RootInstance

// Written out: a table makes thousands of these, and spreading a part that both share takes several times as long.
export const createElementInstance = (component: string, props: HostProps): ElementInstance => ({
  kind: 'element',
  component,
  props,
  events: 0,
  first: null,
  last: null,
  childCount: 0,
  parent: null,
  previous: null,
  next: null,
  id: 0,
  sentOrder: 0,
  hidden: false,
  height: 1,
})

export const createTextInstance = (text: string): TextInstance => ({
  kind: 'text',
  text,
  parent: null,
  previous: null,
  next: null,
  id: 0,
  sentOrder: 0,
  hidden: false,
  height: 1,
})

export const createRootInstance = (callMethod: CallMethod): RootInstance => ({
  kind: 'root',
  id: 0,
  callMethod,
  first: null,
  last: null,
  childCount: 0,
})

export const detach = (child: Instance): void => {
  const { parent, previous, next } = child
  if (!parent) return
  if (previous) previous.next = next
  else parent.first = next
  if (next) next.previous = previous
  else parent.last = previous
  parent.childCount--
  child.parent = child.previous = child.next = null
}

/** Puts `child` before a sibling, or at the end. It leaves its old place first, so that it never stands twice. */
export const attach = (parent: ParentInstance, child: Instance, before: Instance | null = null): void => {
  detach(child)
  const previous = before ? before.previous : parent.last
  child.parent = parent
  child.previous = previous
  child.next = before
  if (previous) previous.next = child
  else parent.first = child
  if (before) before.previous = child
  else parent.last = child
  parent.childCount++
}

export const childrenOf = (parent: ParentInstance): readonly Instance[] => {
  const children: Instance[] = []
  for (let child = parent.first; child; child = child.next) children.push(child)
  return children
}
