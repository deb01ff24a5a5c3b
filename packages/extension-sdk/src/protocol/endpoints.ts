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
const WITHOUT_DEADLINE: ReadonlySet<string> = new Set(['confirm', 'trigger-surface', 'event-handler-call'])

const failure = (code: string, message: string): Answer => ({ ok: false, error: { code, message } })

/** For `Comlink.expose`: passes on requests for `names` only, and answers only with an `Answer`. */
export const createCalleeEndpoint = (channel: Channel, names: readonly string[]): RpcEndpoint => {
  const listeners = createListeners()
  const running = new Map<string, string>()

  channel.on('request', ({ type, requestId, payload }) => {
    if (!names.includes(type))
      return channel.answer(type, requestId, failure('METHOD_NOT_FOUND', `This side does not answer ${type}.`))
    if (running.has(requestId)) return
    if (running.size >= channel.limits.pendingRequests)
      return channel.answer(
        type,
        requestId,
        failure('LIMIT_EXCEEDED', `More than ${channel.limits.pendingRequests} requests are waiting.`),
      )
    running.set(requestId, type)
    listeners.emit({ id: requestId, type: 'APPLY', path: [type], argumentList: [{ type: 'RAW', value: payload }] })
  })
  channel.on('abort', ({ requestId }) => void running.delete(requestId))
  channel.onClose(() => running.clear())

  return {
    addEventListener: listeners.add,
    removeEventListener: listeners.remove,
    postMessage: (message) => {
      if (!isRecord(message) || !isName(message.id)) return
      const type = running.get(message.id)
      // Aborted, or answered already.
      if (type === undefined) return
      running.delete(message.id)
      channel.answer(type, message.id, toAnswer(message))
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

/** For `Comlink.wrap`: sends APPLY of `names` only; every call ends in an `Answer`, at the latest by its deadline or the end of the channel. */
export const createCallerEndpoint = (channel: Channel, names: readonly string[]): RpcEndpoint => {
  const listeners = createListeners()
  const waiting = new Map<string, ReturnType<typeof setTimeout> | null>()

  const settle = (requestId: string, answer: Answer) => {
    const timer = waiting.get(requestId)
    if (timer === undefined) return
    if (timer !== null) clearTimeout(timer)
    waiting.delete(requestId)
    listeners.emit({ id: requestId, type: 'RAW', value: answer })
  }

  channel.on('answer', (message) =>
    settle(message.requestId, message.ok ? { ok: true, value: message.value } : { ok: false, error: message.error }),
  )
  channel.onClose(() => {
    for (const requestId of [...waiting.keys()]) settle(requestId, failure('CLOSED', 'The connection ended.'))
  })

  const send = (requestId: string, name: string, payload: unknown) => {
    const { requestTimeoutMs, pendingRequests } = channel.limits
    const full = waiting.size >= pendingRequests
    const giveUp = () => {
      channel.abort(requestId)
      settle(requestId, failure('TIMEOUT', `${name} was not answered within ${requestTimeoutMs} ms.`))
    }
    waiting.set(requestId, WITHOUT_DEADLINE.has(name) ? null : setTimeout(giveUp, requestTimeoutMs))
    const problem = full
      ? `More than ${pendingRequests} requests are waiting.`
      : findUnsendable(payload, `The payload of ${name}`)
    if (problem) settle(requestId, failure(full ? 'LIMIT_EXCEEDED' : 'VALUE_NOT_SENDABLE', problem))
    else channel.request(name, requestId, payload)
  }

  return {
    addEventListener: listeners.add,
    removeEventListener: listeners.remove,
    postMessage: (message) => {
      const call = isRecord(message) ? message : {}
      const { id, type, path, argumentList } = call
      // Comlink's RELEASE, sent when a proxy is collected, has nothing to release here.
      if (!isName(id) || type !== 'APPLY' || !Array.isArray(path) || path.length !== 1) return
      const argument: unknown = Array.isArray(argumentList) ? argumentList[0] : undefined
      if (names.includes(path[0]) && isRecord(argument) && argument.type === 'RAW') send(id, path[0], argument.value)
    },
  }
}
