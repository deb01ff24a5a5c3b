import {
  createPackedReader,
  DEFAULT_LIMITS,
  isPackedBatch,
  isRecord,
  isRefusal,
  type PortLike,
} from '@souk/extension-sdk/protocol'

export interface BridgeEntry {
  readonly id: number
  readonly at: Date
  readonly direction: 'to-extension' | 'to-product'
  readonly kind: string
  readonly type: string
  /** The message, with batches unpacked. */
  readonly message: unknown
}

const KEPT = 500

/** Listens to ports, and keeps what was said last. */
export const createBridgeLog = () => {
  let entries: readonly BridgeEntry[] = []
  let nextId = 1
  const listeners = new Set<(entry: BridgeEntry) => void>()

  const add = (direction: BridgeEntry['direction'], message: unknown) => {
    const { kind, type } = isRecord(message) ? message : { kind: '', type: '' }
    const entry = { id: nextId++, at: new Date(), direction, kind: String(kind ?? ''), type: String(type), message }
    entries = [...entries.slice(1 - KEPT), entry]
    for (const listener of [...listeners]) listener(entry)
  }

  /** A batch is read by all that came before it, so each port has readers of its own. */
  const createUnpack = () => {
    const readers = new Map<string, ReturnType<typeof createPackedReader>>()
    return (message: unknown): unknown => {
      if (!isRecord(message) || !isPackedBatch(message.payload)) return message
      const { rootId } = message.payload
      const reader = readers.get(rootId) ?? createPackedReader(DEFAULT_LIMITS)
      readers.set(rootId, reader)
      const batch = reader.unpack(message.payload)
      return { ...message, payload: isRefusal(batch) ? batch.refused : batch }
    }
  }

  return {
    get: () => entries,
    subscribe(listener: (entry: BridgeEntry) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    clear() {
      entries = []
    },
    /** The same port, with somebody listening. */
    tap(port: PortLike): PortLike {
      const unpack = createUnpack()
      port.addEventListener('message', ({ data }) => add('to-product', unpack(data)))
      return {
        postMessage(message, transfer) {
          add('to-extension', message)
          port.postMessage(message, transfer)
        },
        addEventListener: (type, listener) => port.addEventListener(type, listener),
        removeEventListener: (type, listener) => port.removeEventListener(type, listener),
        start: () => port.start?.(),
        close: () => port.close?.(),
      }
    },
  }
}

export type BridgeLog = ReturnType<typeof createBridgeLog>
