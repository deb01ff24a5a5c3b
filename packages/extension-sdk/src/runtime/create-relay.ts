import type { ErrorCode } from '../protocol/error-codes'
import { type BridgeLimits, DEFAULT_LIMITS } from '../protocol/limits'
import {
  type BridgeMessage,
  type ExtensionNotices,
  envelopeOf,
  type FrameIdentity,
  parseBridgeMessage,
} from '../protocol/messages'
import { transferOf } from '../protocol/packed-batch'
import { isName, isRecord, isRefusal } from '../protocol/parse'
import { createBrake } from './create-brake'
import { createHeartbeat, HEARTBEAT_PREFIX } from './create-heartbeat'
import { parseLimits } from './parse-limits'
import { sizeOfMessage } from './size-of-message'

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
/** Notices that the relay alone may send. */
const OWN_NOTICES: readonly string[] = ['stopped', 'frozen', 'thawed']

/** The root that a message would have drawn in, as far as it says. */
const rootOf = (data: unknown): string | undefined =>
  isRecord(data) && data.type === 'render-component' && isRecord(data.payload) && isName(data.payload.rootId)
    ? data.payload.rootId
    : undefined

/** Stands between the extension's worker and the product: only well-formed messages at a bearable rate get through. */
export const createRelay = ({ worker, port, identity, heartbeatMs = HEARTBEAT_MS }: RelayOptions): Relay => {
  let limits: BridgeLimits = DEFAULT_LIMITS
  let refused = 0
  let stopped = false

  const describeFlood = () =>
    `The extension sent more than ${limits.messagesPerSecond} messages or ${limits.bytesPerSecond} bytes a second for too long and`

  const brake = createBrake({
    rate: () => limits,
    onFreeze: () =>
      notify('frozen', { code: 'EXTENSION_FROZEN', message: `${describeFlood()} is paused until it is quiet.` }),
    onThaw: () => notify('thawed', {}),
    onFlood: () => stop('RATE_LIMITED', `${describeFlood()} was ended.`),
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

  const notify = <T extends 'stopped' | 'frozen' | 'thawed' | 'error'>(type: T, payload: ExtensionNotices[T]) =>
    port.postMessage({ ...envelopeOf('souk-extension', identity), kind: 'notice', type, payload })

  const stop = (code: ErrorCode, message: string) => {
    if (stopped) return
    stopped = true
    worker.terminate()
    heartbeat.dispose()
    brake.dispose()
    notify('stopped', { code, message })
  }

  /** A root that has lost a batch shows what is no longer true, so it is told of each time. */
  const refuse = (sentence: string, data?: unknown) => {
    refused++
    const rootId = rootOf(data)
    if (refused === 1 || rootId !== undefined)
      notify('error', {
        code: 'INVALID_MESSAGE',
        message: `A message of the extension was dropped. ${sentence}`,
        ...(rootId === undefined ? {} : { rootId }),
      })
    if (refused > MAX_REFUSED)
      stop('INVALID_MESSAGE', `The extension sent ${refused} malformed messages and was ended. ${sentence}`)
  }

  const isHeartbeatAnswer = (message: BridgeMessage) =>
    message.kind === 'answer' && message.requestId.startsWith(HEARTBEAT_PREFIX)

  /** Only the relay may say that it stopped or paused the extension, and why. */
  const isForged = (message: BridgeMessage) => message.kind === 'notice' && OWN_NOTICES.includes(message.type)

  worker.onmessage = ({ data, ports }) => {
    if (stopped) return
    heartbeat.seen()
    if (ports.length > 0) return refuse('It carried a port.')
    const message = parseBridgeMessage(data, { ...identity, source: 'souk-extension', limits })
    if (isRefusal(message)) return refuse(message.refused, data)
    if (isForged(message)) return refuse('Only the frame itself may say that the extension was stopped or paused.')
    if (message.kind === 'answer' && isHeartbeatAnswer(message)) return heartbeat.answered(message.requestId)
    const transfer = message.kind === 'notice' && message.type === 'render-component' ? transferOf(message.payload) : []
    brake.pass(sizeOfMessage(message), () => port.postMessage(message, transfer))
  }

  // What the extension throws while it runs is reported by the runtime in the worker. This is a bundle that could not start.
  worker.onerror = ({ message }) =>
    notify('error', {
      code: 'EXTENSION_ERROR',
      message: String(message ?? 'The bundle could not be started.').slice(0, 2_000),
    })

  port.onmessage = ({ data }) => {
    if (stopped) return
    if (isRecord(data) && data.type === 'init' && isRecord(data.payload)) limits = parseLimits(data.payload.limits)
    worker.postMessage(data)
  }

  return { stop }
}
