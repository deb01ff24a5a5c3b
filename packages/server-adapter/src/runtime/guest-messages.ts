import {
  isCount,
  isName,
  isPrototypeKey,
  isRecord,
  isRefusal,
  isString,
  type Parsed,
  parseWireError,
  refuse,
  type WireError,
} from '@souk/extension-sdk/protocol'
import type { HeaderPair } from './egress/request-headers'
import type { FunctionContext, FunctionLog } from './function-runtime'

/** What the host says to a guest. The comment names the body of the frame, where there is one. */
export type HostMessage =
  /** Body: the bundle. */
  | { readonly type: 'load'; readonly id: number; readonly limits: GuestLimits }
  /** Body: the arguments, as `encodeValue` wrote them. */
  | {
      readonly type: 'call'
      readonly id: number
      readonly functionId: string
      readonly context: FunctionContext
      /** Milliseconds since the epoch. */
      readonly deadline: number
      /** Bytes of parts that may be on their way: see `part-window.ts`. Absent: the result may not be streamed. */
      readonly partWindow?: number
    }
  /** So many bytes of parts were taken, costs included. */
  | { readonly type: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly type: 'abort'; readonly id: number; readonly reason: string }
  | { readonly type: 'ping' }
  /** Body: the body. */
  | {
      readonly type: 'response'
      readonly id: number
      readonly url: string
      readonly redirected: boolean
      readonly status: number
      readonly statusText: string
      readonly headers: readonly HeaderPair[]
    }
  | { readonly type: 'request-failed'; readonly id: number; readonly code: string; readonly message: string }
  /** The answer to a question. Body: the answer, as `encodeValue` wrote it. */
  | { readonly type: 'answer'; readonly id: number }
  | { readonly type: 'ask-failed'; readonly id: number; readonly error: WireError }

/** What the guest checks by itself, so that its frames stay inside the bounds of the host, which checks all of it again. */
export interface GuestLimits {
  readonly resultBytes: number
  readonly logBytes: number
  readonly requestBytes: number
}

/** What a guest says. It runs third-party code, so each message is one of these only once `parseGuestMessage` returned it. */
export type GuestMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'pong' }
  /** A bundle was loaded. */
  | { readonly type: 'loaded'; readonly id: number }
  /** Body: the result, as `encodeValue` wrote it. */
  | { readonly type: 'result'; readonly id: number }
  /** Body: a part of a streamed result, as `encodeValue` wrote it. */
  | { readonly type: 'part'; readonly id: number }
  /** A streamed result is whole. */
  | { readonly type: 'end'; readonly id: number }
  /** A call or a load failed. */
  | { readonly type: 'failed'; readonly id: number; readonly error: WireError }
  | ({ readonly type: 'log'; readonly id: number } & FunctionLog)
  /** Body: the body. */
  | {
      readonly type: 'request'
      readonly id: number
      readonly call: number
      readonly url: string
      readonly method: string
      readonly headers: readonly HeaderPair[]
      readonly hasBody: boolean
      readonly redirect: 'follow' | 'manual' | 'error'
    }
  | { readonly type: 'cancel-request'; readonly id: number }
  /** A question for the platform. Body: its arguments, as `encodeValue` wrote them. */
  | { readonly type: 'ask'; readonly id: number; readonly call: number; readonly operation: string }

export const GUEST_BOUNDS = {
  headerBytes: 256 * 1024,
  logLength: 4096,
  messageLength: 2000,
  fields: 50,
  fieldLength: 500,
  urlLength: 8192,
  headers: 100,
  headersLength: 32 * 1024,
} as const

/** What one log line costs of `logBytes`, beside its text. */
export const LOG_LINE_COST = 16

const isOneOf = <T extends string>(value: unknown, options: readonly T[]): value is T =>
  options.some((option) => option === value)

const isText = (value: unknown, max: number): value is string => isString(value) && value.length <= max

/** Parses the header of a guest's frame. Our own guest never sends anything that is refused here. */
export const parseGuestMessage = (value: unknown): Parsed<GuestMessage> => {
  if (!isRecord(value)) return refuse('A message must be an object.')
  const { type, id } = value
  if (type === 'ready' || type === 'pong') return { type }
  if (!isCount(id)) return refuse('A message needs an id.')
  switch (type) {
    case 'loaded':
    case 'result':
    case 'part':
    case 'end':
    case 'cancel-request':
      return { type, id }
    case 'failed':
      return parseFailure(id, value.error)
    case 'log':
      return isOneOf(value.level, ['debug', 'info', 'warn', 'error']) && isText(value.message, GUEST_BOUNDS.logLength)
        ? { type, id, level: value.level, message: value.message }
        : refuse('A log line needs a level and a short message.')
    case 'request':
      return parseRequest(id, value)
    case 'ask':
      return isCount(value.call) && isName(value.operation, 60)
        ? { type, id, call: value.call, operation: value.operation }
        : refuse('A question needs a call and an operation.')
    default:
      return refuse('A message needs a known type.')
  }
}

const parseFailure = (id: number, value: unknown): Parsed<GuestMessage> => {
  const error = parseWireError(value)
  if (isRefusal(error)) return error
  const fields = Object.entries(error.fields ?? {})
  return isText(error.message, GUEST_BOUNDS.messageLength) &&
    fields.length <= GUEST_BOUNDS.fields &&
    fields.every(
      ([path, message]) => isName(path) && !isPrototypeKey(path) && isText(message, GUEST_BOUNDS.fieldLength),
    )
    ? { type: 'failed', id, error }
    : refuse('An error must be short.')
}

const parseRequest = (id: number, value: Readonly<Record<string, unknown>>): Parsed<GuestMessage> => {
  const { call, url, method, headers, hasBody, redirect } = value
  if (!isCount(call) || !isName(url, GUEST_BOUNDS.urlLength) || !isName(method, 20) || typeof hasBody !== 'boolean')
    return refuse('A request needs a call, a URL and a method.')
  if (!isOneOf(redirect, ['follow', 'manual', 'error'])) return refuse('A request needs a redirect mode.')
  return isHeaders(headers)
    ? { type: 'request', id, call, url, method, headers, hasBody, redirect }
    : refuse('The headers of a request must be pairs, and few.')
}

const isHeaders = (value: unknown): value is readonly HeaderPair[] =>
  Array.isArray(value) &&
  value.length <= GUEST_BOUNDS.headers &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && isName(pair[0]) && isString(pair[1])) &&
  value.reduce((total: number, [name, text]) => total + name.length + text.length, 0) <= GUEST_BOUNDS.headersLength
