import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { HostNode } from './host-node'

export type EventHandler = (...args: readonly unknown[]) => Promise<PlainValue>

export type CallHandler = (id: NodeId, prop: string, args: readonly unknown[]) => Promise<PlainValue>

/** One function per node and event prop, the same on every draw, so that memoised components stay as they are. */
export const bindHandler = (node: HostNode, prop: string, call: CallHandler): EventHandler => {
  // The names are those of the contract's events, so none is a prototype's.
  node.bound ??= {}
  node.bound[prop] ??= (...args) => call(node.id, prop, args)
  return node.bound[prop]
}
