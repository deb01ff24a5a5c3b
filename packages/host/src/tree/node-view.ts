import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { RegisteredComponent } from '../registry/create-registry'

/** What is drawn of one node. It is replaced, never changed, so that its identity says whether to draw again. */
export type NodeView =
  | { readonly kind: 'text'; readonly hidden: boolean; readonly text: string }
  /** The root, or the content of a slot. */
  | { readonly kind: 'group'; readonly hidden: boolean; readonly children: readonly NodeId[] }
  | {
      readonly kind: 'element'
      readonly hidden: boolean
      readonly registered: RegisteredComponent
      readonly props: Readonly<Record<string, PlainValue>>
      readonly handlers: readonly string[]
      readonly children: readonly NodeId[]
      readonly slots: readonly { readonly name: string; readonly id: NodeId }[]
    }
