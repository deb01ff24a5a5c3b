import type { BridgeLimits } from './limits'
import {
  type AbortMessage,
  type AnswerMessage,
  type BridgeMessage,
  type ExtensionNotices,
  type ExtensionNoticeType,
  envelopeOf,
  type FrameIdentity,
  type MessageSource,
  type NoticeMessage,
  parseBridgeMessage,
  type RequestMessage,
  type WireError,
} from './messages'
import { isRefusal } from './parse'

/** What a channel needs of a `MessagePort` or a worker's global scope. */
export interface PortLike {
  postMessage(message: unknown, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  removeEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  start?(): void
  close?(): void
}

export interface ChannelOptions {
  readonly port: PortLike
  /** Which side this is. */
  readonly side: MessageSource
  readonly identity: FrameIdentity
  readonly limits: BridgeLimits
  /** Told of every message that was dropped, in a sentence. */
  readonly onRefused: (sentence: string) => void
}

type Handlers = {
  request: (message: RequestMessage) => void
  answer: (message: AnswerMessage) => void
  abort: (message: AbortMessage) => void
  notice: (message: NoticeMessage) => void
}

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: WireError }

/** One end of the bridge: it puts the envelope on what is sent and lets through only what parses as the other side's. */
export interface Channel {
  readonly limits: BridgeLimits
  on<K extends keyof Handlers>(kind: K, handler: Handlers[K]): void
  request(type: string, requestId: string, payload: unknown): void
  answer(type: string, requestId: string, answer: Answer): void
  abort(requestId: string): void
  notify<T extends ExtensionNoticeType>(type: T, payload: ExtensionNotices[T], transfer?: Transferable[]): void
  isOpen(): boolean
  onClose(listener: () => void): void
  close(): void
}

const otherSide = (side: MessageSource): MessageSource =>
  side === 'souk-platform' ? 'souk-extension' : 'souk-platform'

export const createChannel = ({ port, side, identity, limits, onRefused }: ChannelOptions): Channel => {
  const expected = { ...identity, source: otherSide(side), limits }
  const envelope = envelopeOf(side, identity)
  const handlers: { [K in keyof Handlers]?: Handlers[K] } = {}
  const closeListeners = new Set<() => void>()
  let open = true

  const receive = (event: MessageEvent) => {
    const message = parseBridgeMessage(event.data, expected)
    if (isRefusal(message)) return onRefused(message.refused)
    dispatch(message)
  }

  const dispatch = (message: BridgeMessage) => {
    switch (message.kind) {
      case 'request':
        return handlers.request?.(message)
      case 'answer':
        return handlers.answer?.(message)
      case 'abort':
        return handlers.abort?.(message)
      case 'notice':
        return handlers.notice?.(message)
    }
  }

  const post = (body: object, transfer: Transferable[] = []) => {
    if (open) port.postMessage({ ...envelope, ...body }, transfer)
  }

  port.addEventListener('message', receive)
  port.start?.()

  return {
    limits,
    on(kind, handler) {
      handlers[kind] = handler
    },
    request: (type, requestId, payload) => post({ kind: 'request', type, requestId, payload }),
    answer: (type, requestId, answer) => post({ kind: 'answer', type: `${type}-result`, requestId, ...answer }),
    abort: (requestId) => post({ kind: 'abort', type: 'abort', requestId }),
    notify: (type, payload, transfer) => post({ kind: 'notice', type, payload }, transfer),
    isOpen: () => open,
    onClose: (listener) => void closeListeners.add(listener),
    close() {
      if (!open) return
      open = false
      port.removeEventListener('message', receive)
      port.close?.()
      for (const listener of closeListeners) listener()
      closeListeners.clear()
    },
  }
}
