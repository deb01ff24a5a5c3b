import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'
import type { HostNode } from './host-node'

export type EventHandler = (...args: readonly unknown[]) => Promise<PlainValue>

export type CallHandler = (id: NodeId, prop: string, args: readonly unknown[]) => Promise<PlainValue>

/** One function per node and event prop, the same on every draw, so that memoised components stay as they are. */
export const bindHandler = (node: HostNode, prop: string, call: CallHandler): EventHandler => {
  node.bound ??= new Map()
  const known = node.bound.get(prop)
  if (known) return known
  const handler: EventHandler = (...args) => call(node.id, prop, args)
  node.bound.set(prop, handler)
  return handler
}
