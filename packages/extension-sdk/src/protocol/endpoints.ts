import type { Answer, Channel } from './channel'
import { isName, isRecord } from './parse'
import { findUnsendable } from './plain-value'

/**
 * The two endpoints that Comlink gets. They are the guard: Comlink's own messages never travel.
 *
 * Comlink would let a peer GET, SET and CONSTRUCT any path of an exposed object, and `[method, 'constructor']` is `Function`:
 * code execution in the exposing realm. So a request on the wire has only a name and a payload, and the endpoint that `expose`
 * listens on makes the Comlink message itself. What it can make is an APPLY of one allowed name with one RAW argument.
 */
export interface RpcEndpoint {
  postMessage(message: unknown): void
  addEventListener(type: string, listener: RpcListener): void
  removeEventListener(type: string, listener: RpcListener): void
}

type RpcListener =
  | ((event: { data: unknown; origin: string }) => void)
  | { handleEvent(event: { data: unknown; origin: string }): void }

const createListeners = () => {
  const listeners = new Set<RpcListener>()
  return {
    add: (_type: string, listener: RpcListener) => void listeners.add(listener),
    remove: (_type: string, listener: RpcListener) => void listeners.delete(listener),
    /** Comlink takes any origin here because the channel has already checked who is speaking. */
    emit: (data: unknown) => {
      for (const listener of listeners) {
        const event = { data, origin: '' }
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
    },
  }
}

/** These wait for a person, who may take longer than any deadline. The heartbeat ends a peer that hangs. */
const WITHOUT_DEADLINE: ReadonlySet<string> = new Set([
  'confirm',
  'connect-account',
  'trigger-surface',
  'event-handler-call',
])

/** These say how a frame lives and ends, so they go through however much is waiting. */
const ALWAYS_HEARD: ReadonlySet<string> = new Set(['init', 'ping', 'close-surface'])

/** How long one call may take. Passed to Comlink behind the payload; it never travels. */
export interface CallOptions {
  /** Gives the call up: it ends in `ABORTED`, and the other side is told. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds from the send to the answer. Default: the limit of the bridge, and none for what waits for a person. */
  readonly timeoutMs?: number | undefined
}

/** An endpoint that counts what it waits for. Nothing is left when every call has ended, whichever way. */
export interface GuardEndpoint extends RpcEndpoint {
  readonly pending: number
}

const failure = (code: string, message: string): Answer => ({ ok: false, error: { code, message } })

const CLOSED = failure('CLOSED', 'The connection ended.')

/**
 * For `Comlink.expose`: passes on requests for `names` only, and answers only with an `Answer`.
 *
 * A service gets the payload and an `AbortSignal`, which fires when the other side gives the request up or the channel closes.
 */
export const createCalleeEndpoint = (channel: Channel, names: readonly string[]): GuardEndpoint => {
  const listeners = createListeners()
  const running = new Map<string, { readonly type: string; readonly abort: AbortController }>()

  channel.on('request', ({ type, requestId, payload }) => {
    if (!names.includes(type))
      return channel.answer(type, requestId, failure('METHOD_NOT_FOUND', `This side does not answer ${type}.`))
    if (running.has(requestId)) return
    if (running.size >= channel.limits.pendingRequests && !ALWAYS_HEARD.has(type))
      return channel.answer(
        type,
        requestId,
        failure('LIMIT_EXCEEDED', `More than ${channel.limits.pendingRequests} requests are waiting.`),
      )
    const abort = new AbortController()
    running.set(requestId, { type, abort })
    const argumentList = [payload, abort.signal].map((value) => ({ type: 'RAW', value }))
    listeners.emit({ id: requestId, type: 'APPLY', path: [type], argumentList })
  })
  channel.on('abort', ({ requestId }) => {
    const request = running.get(requestId)
    running.delete(requestId)
    request?.abort.abort()
  })
  channel.onClose(() => {
    for (const { abort } of running.values()) abort.abort()
    running.clear()
  })

  return {
    addEventListener: listeners.add,
    removeEventListener: listeners.remove,
    get pending() {
      return running.size
    },
    postMessage: (message) => {
      if (!isRecord(message) || !isName(message.id)) return
      const request = running.get(message.id)
      // Aborted, or answered already.
      if (!request) return
      running.delete(message.id)
      channel.answer(request.type, message.id, toAnswer(message))
    },
  }
}

const toAnswer = (message: Readonly<Record<string, unknown>>): Answer => {
  const answer = message.type === 'RAW' ? (message.value as Answer) : undefined
  if (!answer) return failure('EXTENSION_ERROR', 'The call failed before it could answer.')
  if (!answer.ok) return answer
  const problem = findUnsendable(answer.value, 'The result')
  return problem ? failure('VALUE_NOT_SENDABLE', problem) : { ok: true, value: answer.value }
}

/**
 * For `Comlink.wrap`: sends APPLY of `names` only. Every call ends in one `Answer`: that of the other side, or `TIMEOUT`, `ABORTED`,
 * `CLOSED`, `LIMIT_EXCEEDED` or `VALUE_NOT_SENDABLE`.
 *
 * @param onLate Told of an answer that came after its call had ended, in a sentence. It was dropped.
 */
export const createCallerEndpoint = (
  channel: Channel,
  names: readonly string[],
  onLate: (sentence: string) => void = () => {},
): GuardEndpoint => {
  const listeners = createListeners()
  /** What ends the deadline and the listener of each call that waits. */
  const waiting = new Map<string, () => void>()

  const reply = (requestId: string, answer: Answer) => {
    waiting.get(requestId)?.()
    waiting.delete(requestId)
    listeners.emit({ id: requestId, type: 'RAW', value: answer })
  }

  channel.on('answer', (message) => {
    const { requestId } = message
    if (!waiting.has(requestId)) return onLate('An answer came to a request that had ended already. It was dropped.')
    reply(requestId, message.ok ? { ok: true, value: message.value } : { ok: false, error: message.error })
  })
  channel.onClose(() => {
    for (const requestId of [...waiting.keys()]) reply(requestId, CLOSED)
  })

  const findReason = (name: string, payload: unknown, signal: AbortSignal | undefined): Answer | undefined => {
    const { pendingRequests } = channel.limits
    if (!channel.isOpen()) return CLOSED
    if (signal?.aborted) return failure('ABORTED', `${name} was given up before it was sent.`)
    if (waiting.size >= pendingRequests && !ALWAYS_HEARD.has(name))
      return failure('LIMIT_EXCEEDED', `More than ${pendingRequests} requests are waiting.`)
    const problem = findUnsendable(payload, `The payload of ${name}`)
    return problem === undefined ? undefined : failure('VALUE_NOT_SENDABLE', problem)
  }

  const send = (requestId: string, name: string, payload: unknown, { signal, timeoutMs }: CallOptions) => {
    const reason = findReason(name, payload, signal)
    if (reason) return reply(requestId, reason)
    const giveUp = (code: string, message: string) => {
      channel.abort(requestId)
      reply(requestId, failure(code, message))
    }
    const onAbort = () => giveUp('ABORTED', `${name} was given up.`)
    const deadlineMs = timeoutMs ?? (WITHOUT_DEADLINE.has(name) ? undefined : channel.limits.requestTimeoutMs)
    const timer =
      deadlineMs === undefined
        ? undefined
        : setTimeout(() => giveUp('TIMEOUT', `${name} was not answered within ${deadlineMs} ms.`), deadlineMs)
    signal?.addEventListener('abort', onAbort)
    waiting.set(requestId, () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    })
    channel.request(name, requestId, payload)
  }

  return {
    addEventListener: listeners.add,
    removeEventListener: listeners.remove,
    get pending() {
      return waiting.size
    },
    postMessage: (message) => {
      const call = isRecord(message) ? message : {}
      const { id, type, path, argumentList } = call
      // Comlink's RELEASE, sent when a proxy is collected, has nothing to release here.
      if (!isName(id) || type !== 'APPLY' || !Array.isArray(path) || path.length !== 1) return
      const [argument, options]: readonly unknown[] = Array.isArray(argumentList) ? argumentList : []
      if (!names.includes(path[0]) || !isRecord(argument) || argument.type !== 'RAW') return
      // Only our own side calls this endpoint, with what its types allow.
      const callOptions = isRecord(options) ? (options.value as CallOptions | undefined) : undefined
      send(id, path[0], argument.value, callOptions ?? {})
    },
  }
}
