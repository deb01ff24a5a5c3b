import type { ErrorCode } from '../protocol/error-codes'
import { type BridgeLimits, DEFAULT_LIMITS } from '../protocol/limits'
import { type BridgeMessage, envelopeOf, type FrameIdentity, parseBridgeMessage } from '../protocol/messages'
import { transferOf } from '../protocol/packed-batch'
import { isRecord, isRefusal } from '../protocol/parse'
import { createHeartbeat, HEARTBEAT_PREFIX } from './create-heartbeat'
import { createThrottle } from './create-throttle'
import { parseLimits } from './parse-limits'

/** What the relay needs of a `Worker`. */
export interface WorkerLike {
  postMessage(message: unknown): void
  terminate(): void
  onmessage: ((event: MessageEvent) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface RelayOptions {
  readonly worker: WorkerLike
  readonly port: MessagePort
  readonly identity: FrameIdentity
  readonly heartbeatMs?: number
}

export interface Relay {
  /** Ends the worker and tells the product why. */
  stop(code: ErrorCode, message: string): void
}

const HEARTBEAT_MS = 5_000
const HEARTBEAT_MISSES = 2
/** An honest extension sends none. */
const MAX_REFUSED = 20
/** Messages that may wait for their turn before the worker is ended: ten seconds of the sustained rate. */
const BACKLOG_SECONDS = 10

/** Stands between the extension's worker and the product: only well-formed messages at a bearable rate get through. */
export const createRelay = ({ worker, port, identity, heartbeatMs = HEARTBEAT_MS }: RelayOptions): Relay => {
  let limits: BridgeLimits = DEFAULT_LIMITS
  let refused = 0
  let stopped = false

  const throttle = createThrottle({
    rate: () => ({ perSecond: limits.messagesPerSecond, burst: limits.messageBurst }),
    backlogSeconds: BACKLOG_SECONDS,
  })

  const heartbeat = createHeartbeat({
    intervalMs: heartbeatMs,
    misses: HEARTBEAT_MISSES,
    ping: (requestId) =>
      worker.postMessage({
        ...envelopeOf('souk-platform', identity),
        kind: 'request',
        type: 'ping',
        requestId,
        payload: null,
      }),
    onSilent: () =>
      stop('EXTENSION_UNRESPONSIVE', 'The extension stopped answering, so it was ended. Reload it to try again.'),
  })

  const notify = (type: 'stopped' | 'error', code: ErrorCode, message: string) =>
    port.postMessage({ ...envelopeOf('souk-extension', identity), kind: 'notice', type, payload: { code, message } })

  const stop = (code: ErrorCode, message: string) => {
    if (stopped) return
    stopped = true
    worker.terminate()
    heartbeat.dispose()
    throttle.dispose()
    notify('stopped', code, message)
  }

  const refuse = (sentence: string) => {
    refused++
    if (refused === 1) notify('error', 'INVALID_MESSAGE', `A message of the extension was dropped. ${sentence}`)
    if (refused > MAX_REFUSED)
      stop('INVALID_MESSAGE', `The extension sent ${refused} malformed messages and was ended. ${sentence}`)
  }

  const isHeartbeatAnswer = (message: BridgeMessage) =>
    message.kind === 'answer' && message.requestId.startsWith(HEARTBEAT_PREFIX)

  /** Only the relay may say why it stopped the extension. */
  const isForged = (message: BridgeMessage) => message.kind === 'notice' && message.type === 'stopped'

  worker.onmessage = ({ data, ports }) => {
    if (stopped) return
    heartbeat.seen()
    if (ports.length > 0) return refuse('It carried a port.')
    const message = parseBridgeMessage(data, { ...identity, source: 'souk-extension', limits })
    if (isRefusal(message)) return refuse(message.refused)
    if (isForged(message)) return refuse('Only the frame itself may say that the extension was stopped.')
    if (message.kind === 'answer' && isHeartbeatAnswer(message)) return heartbeat.answered(message.requestId)
    const transfer = message.kind === 'notice' && message.type === 'render-component' ? transferOf(message.payload) : []
    if (!throttle.run(() => port.postMessage(message, transfer)))
      stop(
        'RATE_LIMITED',
        `The extension sent more than ${limits.messagesPerSecond} messages a second for too long and was ended.`,
      )
  }

  // What the extension throws while it runs is reported by the runtime in the worker. This is a bundle that could not start.
  worker.onerror = ({ message }) =>
    notify('error', 'EXTENSION_ERROR', String(message ?? 'The bundle could not be started.').slice(0, 2_000))

  port.onmessage = ({ data }) => {
    if (stopped) return
    if (isRecord(data) && data.type === 'init' && isRecord(data.payload)) limits = parseLimits(data.payload.limits)
    worker.postMessage(data)
  }

  return { stop }
}
