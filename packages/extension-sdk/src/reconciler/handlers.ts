import { type NodeId, parseHandlerId } from '../protocol/tree'
import type { ElementInstance } from './tree'

type Handler = (...args: readonly unknown[]) => unknown

/** The elements the other side may call, by id. A reference lives as long as its element and always calls the newest closure. */
export interface Handlers {
  /** @param events How many event props the element has. */
  bind(element: ElementInstance, events: number): void
  release(element: ElementInstance): void
  find(handlerId: string): { readonly node: NodeId; readonly call: Handler } | undefined
  /** How many event props the other side may call. */
  readonly size: number
}

export const createHandlers = (): Handlers => {
  const elements = new Map<NodeId, ElementInstance>()
  let size = 0
  return {
    bind(element, events) {
      size += events - element.events
      element.events = events
      elements.set(element.id, element)
    },
    release(element) {
      size -= element.events
      element.events = 0
      elements.delete(element.id)
    },
    find(handlerId) {
      const reference = parseHandlerId(handlerId)
      const element = reference && elements.get(reference.node)
      if (!element || !/^on[A-Z]/.test(reference.prop) || !Object.hasOwn(element.props, reference.prop))
        return undefined
      const handler = element.props[reference.prop]
      // The arguments were parsed as plain values and match the contract by the time they are here.
      return typeof handler === 'function' ? { node: reference.node, call: handler as Handler } : undefined
    },
    get size() {
      return size
    },
  }
}
