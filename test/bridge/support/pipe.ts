import type { PortLike } from '@souk/extension-sdk/protocol'

/** One message as it crossed, in the order of crossing. */
export interface Crossing {
  readonly from: 'host' | 'extension'
  readonly message: unknown
}

export interface Pipe {
  readonly host: PortLike
  readonly extension: PortLike
  /** How many messages have been sent so far, both ways. */
  sent(): number
  /** How many listeners are on each end. */
  listeners(): { readonly host: number; readonly extension: number }
}

/** A browser has one kind of array per page; a document made by jsdom has others than the clone. */
const ofThisRealm = (data: unknown): unknown => {
  const payload = (data as { payload?: { stream?: unknown } | null } | null | undefined)?.payload
  if (Object.prototype.toString.call(payload?.stream) !== '[object Uint8Array]') return data
  return { ...(data as object), payload: { ...payload, stream: Uint8Array.from(payload?.stream as Uint8Array) } }
}

/**
 * Two ports like those of a `MessageChannel`, whose messages cross in a microtask: each is cloned, or refused, as there.
 *
 * @param onCross Sees every message, as the receiver gets it.
 */
export const createPipe = (onCross: (crossing: Crossing) => void = () => {}): Pipe => {
  let count = 0
  const ends = { host: new Set<(event: MessageEvent) => void>(), extension: new Set<(event: MessageEvent) => void>() }
  const open = { host: true, extension: true }

  const port = (side: 'host' | 'extension'): PortLike => {
    const other = side === 'host' ? 'extension' : 'host'
    return {
      postMessage(message: unknown, transfer: readonly Transferable[] = []) {
        const data: unknown = ofThisRealm(structuredClone(message, { transfer: [...transfer] }))
        count++
        onCross({ from: side, message: data })
        queueMicrotask(() => {
          if (!open[other]) return
          // A channel reads nothing but the data of an event.
          for (const listener of [...ends[other]]) listener({ data } as MessageEvent)
        })
      },
      addEventListener: (_type, listener) => void ends[side].add(listener),
      removeEventListener: (_type, listener) => void ends[side].delete(listener),
      close() {
        open.host = open.extension = false
      },
    }
  }

  return {
    host: port('host'),
    extension: port('extension'),
    sent: () => count,
    listeners: () => ({ host: ends.host.size, extension: ends.extension.size }),
  }
}
