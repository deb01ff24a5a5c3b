import type { NodeId, PlainValue } from '@souk/extension-sdk/protocol'

export type EventHandler = (...args: readonly unknown[]) => Promise<PlainValue>

/** One function per node and event prop, the same on every draw, so that memoised components stay as they are. */
export interface BoundHandlers {
  of(id: NodeId, prop: string): EventHandler
  /** Ends the functions of a node that is gone. */
  forget(id: NodeId): void
  clear(): void
}

export const bindHandlers = (
  call: (id: NodeId, prop: string, args: readonly unknown[]) => Promise<PlainValue>,
): BoundHandlers => {
  const byNode = new Map<NodeId, Map<string, EventHandler>>()
  return {
    of(id, prop) {
      const ofNode = byNode.get(id) ?? new Map<string, EventHandler>()
      byNode.set(id, ofNode)
      const bound = ofNode.get(prop) ?? ((...args) => call(id, prop, args))
      ofNode.set(prop, bound)
      return bound
    },
    forget: (id) => void byNode.delete(id),
    clear: () => byNode.clear(),
  }
}
