import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { ReactNode } from 'react'
import type { RegisteredComponent } from '../registry/create-registry'
import type { EventHandler } from './bind-handler'
import type { ControlledValue } from './controlled-value'
import type { EditQueue } from './edit-queue'
import type { ExtensionEvent } from './extension-event'

/** One node of a tree, changed in place: a tree has thousands. Siblings are linked, so that no change costs more for having many. */
export interface HostNode {
  readonly id: NodeId
  readonly kind: 'root' | 'text' | 'slot' | 'element'
  /** What a text says, or the name of a slot. */
  text: string
  /** Of an element only. */
  readonly registered: RegisteredComponent | null
  props: Readonly<Record<string, PlainValue>>
  handlers: readonly string[]
  /** Only of a component whose value the user edits. */
  value: ControlledValue | undefined
  /** What of the user's edits is on its way to the extension. */
  edits: EditQueue<ExtensionEvent> | undefined
  hidden: boolean
  parent: HostNode | null
  previous: HostNode | null
  next: HostNode | null
  first: HostNode | null
  last: HostNode | null
  childCount: number
  /** What React is given for it in its parent. `undefined` when it has to be drawn again. */
  drawn: ReactNode | undefined
  /** A boundary is drawn again by itself; every other node is drawn by the boundary it stands in. Settled with its first drawing. */
  isBoundary: boolean | undefined
  /** What a boundary draws inside. `undefined` when it has to be drawn again. */
  inside: ReactNode | undefined
  /** The places where a boundary is mounted now: mostly one. */
  mounts: readonly BoundaryMount[]
  /** One function for each event prop that was drawn. */
  bound: Record<string, EventHandler> | null
}

/** One place where a boundary is drawn. */
export interface BoundaryMount {
  redraw(): void
}

export type HostElement = HostNode & { readonly kind: 'element'; readonly registered: RegisteredComponent }

export const isElement = (node: HostNode | undefined | null): node is HostElement => node?.kind === 'element'

const NO_PROPS = {}
const NO_HANDLERS: readonly string[] = []
const NO_MOUNTS: readonly BoundaryMount[] = []

export const createHostNode = (
  id: NodeId,
  kind: HostNode['kind'],
  text = '',
  registered: RegisteredComponent | null = null,
  props: HostNode['props'] = NO_PROPS,
  handlers: readonly string[] = NO_HANDLERS,
): HostNode => ({
  id,
  kind,
  text,
  registered,
  props,
  handlers,
  value: undefined,
  edits: undefined,
  hidden: false,
  parent: null,
  previous: null,
  next: null,
  first: null,
  last: null,
  childCount: 0,
  drawn: undefined,
  isBoundary: undefined,
  inside: undefined,
  mounts: NO_MOUNTS,
  bound: null,
})

export const unlink = (node: HostNode): void => {
  const { parent, previous, next } = node
  if (!parent) return
  if (previous) previous.next = next
  else parent.first = next
  if (next) next.previous = previous
  else parent.last = previous
  parent.childCount--
  node.parent = node.previous = node.next = null
}

export const link = (node: HostNode, parent: HostNode, before: HostNode | null): void => {
  const previous = before ? before.previous : parent.last
  node.parent = parent
  node.previous = previous
  node.next = before
  if (previous) previous.next = node
  else parent.first = node
  if (before) before.previous = node
  else parent.last = node
  parent.childCount++
}

export const childrenOf = (node: HostNode): HostNode[] => {
  const children: HostNode[] = []
  for (let child = node.first; child; child = child.next) children.push(child)
  return children
}

export const addMount = (node: HostNode, mount: BoundaryMount): void => {
  node.mounts = node.mounts.length === 0 ? [mount] : [...node.mounts, mount]
}

export const removeMount = (node: HostNode, mount: BoundaryMount): void => {
  node.mounts =
    node.mounts.length === 1 && node.mounts[0] === mount ? NO_MOUNTS : node.mounts.filter((other) => other !== mount)
}
