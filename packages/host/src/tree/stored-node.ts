import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { RegisteredComponent } from '../registry/create-registry'
import type { ControlledValue } from './controlled-value'
import type { NodeView } from './node-view'

/** 0 is the root and no node's sibling or child, so it also says "none". */
export const NONE: NodeId = 0

/** One node in the store. Siblings are linked, so that no operation costs more for having many of them. */
export interface StoredNode {
  readonly id: NodeId
  readonly content: NodeContent
  readonly hidden: boolean
  readonly parent: NodeId
  readonly previous: NodeId
  readonly next: NodeId
  readonly first: NodeId
  readonly last: NodeId
}

export type NodeContent =
  | { readonly kind: 'root' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'slot'; readonly name: string }
  | {
      readonly kind: 'element'
      readonly registered: RegisteredComponent
      readonly props: Readonly<Record<string, PlainValue>>
      readonly handlers: readonly string[]
      /** Only for a component whose value the user edits. */
      readonly value: ControlledValue | undefined
    }

/** A node and what is drawn of it. */
export interface DrawnNode extends StoredNode {
  readonly view: NodeView
}
