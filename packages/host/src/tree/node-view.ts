import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { RegisteredComponent } from '../registry/create-registry'
import { withShownValue } from './controlled-value'
import { childrenOf, type HostNode, isElement } from './host-node'

/** What is drawn of one node, said in ids. */
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

export const viewOf = (node: HostNode | undefined): NodeView | undefined => {
  if (!node) return undefined
  const { hidden, text, handlers } = node
  if (node.kind === 'text') return { kind: 'text', hidden, text }
  const held = childrenOf(node)
  const children = held.filter(({ kind }) => kind !== 'slot').map(({ id }) => id)
  if (!isElement(node)) return { kind: 'group', hidden, children }
  const { registered } = node
  const { contract } = registered
  const slots = held.filter((child) => child.kind === 'slot' && contract.slots.includes(child.text))
  return {
    kind: 'element',
    hidden,
    registered,
    props: withShownValue(contract, node.props, node.value),
    handlers,
    children: contract.children ? children : [],
    slots: slots.map(({ id, text: name }) => ({ name, id })),
  }
}
