import { type ErrorCode, isErrorCode } from './error-codes'
import type { BridgeLimits } from './limits'
import { isPackedBatch, type PackedBatch, parsePackedBatch } from './packed-batch'
import {
  describe,
  isArrayOf,
  isCount,
  isName,
  isPrototypeKey,
  isRecord,
  isRefusal,
  isString,
  isStringArray,
  type Parsed,
  refuse,
} from './parse'
import { findUnsendable, type PlainValue } from './plain-value'
import { isSafeUrl } from './safe-url'
import { type NodeId, parseTreeBatch, type TreeBatch } from './tree'
import { PROTOCOL_VERSION } from './version'

/** Whom a message belongs to. Both sides check all of it on every message. */
export interface FrameIdentity {
  readonly appId: string
  readonly appInstallationId: string
}

export type MessageSource = 'souk-platform' | 'souk-extension'

export interface Envelope extends FrameIdentity {
  readonly v: number
  readonly source: MessageSource
  readonly type: string
}

/** An error as it crosses a boundary. Never a stack, never a secret. */
export interface WireError {
  readonly code: string
  readonly message: string
  /** Messages by field path, when the input was at fault. */
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number
  readonly traceId?: string
  /** What else the error knows, such as the `status` of an outside service or the `connection` that expired. */
  readonly details?: ErrorDetails
}

export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/** What the product tells every extension about where it runs. */
export interface HostContext {
  readonly theme: 'light' | 'dark'
  /** BCP 47, such as `en-GB`. */
  readonly locale: string
  /** IANA, such as `Europe/Berlin`. */
  readonly timeZone: string
  readonly user: { readonly id: string; readonly name?: string }
  readonly organization: { readonly id: string; readonly name?: string }
}

export interface InitPayload {
  readonly protocolVersion: number
  readonly context: HostContext
  readonly limits: BridgeLimits
  /** What the product can do, its optional services among them. A product of an older build names none. */
  readonly capabilities?: readonly string[]
  readonly grantedScopes: readonly string[]
  /** The installation's settings without its secrets. */
  readonly settings: { readonly organization: PlainRecord; readonly user: PlainRecord }
}

export type PlainRecord = Readonly<Record<string, PlainValue>>

/** Requests of the platform: the name is the envelope's `type`, the answer's type is the name with `-result`. */
export interface PlatformRequests {
  init: { payload: InitPayload; value: null }
  'trigger-surface': {
    payload: {
      readonly kind: string
      readonly surfaceId: string
      readonly instanceId: string
      readonly context: PlainRecord
    }
    /** What a step of a workflow gave; nothing of any other surface. */
    value: PlainValue
  }
  'context-changed': {
    payload: { readonly instanceId?: string; readonly context: PlainRecord }
    value: null
  }
  'close-surface': { payload: { readonly instanceId: string }; value: null }
  'event-handler-call': {
    payload: {
      readonly rootId: string
      readonly handlerId: string
      readonly args: readonly PlainValue[]
      /** How many edits of this field the user has made, for fields whose value the host owns. */
      readonly eventVersion?: number
    }
    value: PlainValue
  }
  evaluate: {
    payload: {
      readonly kind: string
      readonly surfaceId: string
      readonly expression: string
      readonly context: PlainRecord
    }
    value: PlainValue
  }
  ping: { payload: null; value: null }
}

export type ToastVariant = 'info' | 'success' | 'warning' | 'error'
export type DialogSize = 'small' | 'medium' | 'large'

/** Requests of the extension to the platform. */
export interface ExtensionRequests {
  'run-server-function': {
    payload: {
      /** `path#export`, as in the manifest. */
      readonly moduleHash: string
      /** The arguments as `encodeValue` wrote them. */
      readonly args: string
      readonly idempotencyKey: string
      /** Whether a streamed result may come in parts. Else they come as one array. */
      readonly takesParts?: boolean
    }
    /** The result as `encodeValue` wrote it, or where its parts are read. */
    value: string | { readonly streamId: string }
  }
  /** The next parts of a streamed result, as `encodeValue` wrote them. Giving it up ends the stream. */
  'read-stream': {
    payload: { readonly streamId: string }
    value: { readonly parts: readonly string[]; readonly done: boolean }
  }
  'end-stream': { payload: { readonly streamId: string }; value: null }
  'open-dialog': {
    payload: { readonly dialogId: string; readonly title: string; readonly size: DialogSize }
    value: null
  }
  'close-dialog': { payload: { readonly dialogId: string }; value: null }
  'show-toast': {
    payload: { readonly title: string; readonly description?: string; readonly variant: ToastVariant }
    value: null
  }
  confirm: {
    payload: {
      readonly title: string
      readonly description?: string
      readonly confirmLabel?: string
      readonly destructive?: boolean
    }
    value: boolean
  }
  /** Offers the user to connect an account that a server function needs. The answer: whether it is connected now. */
  'connect-account': { payload: { readonly connection: string; readonly connectionId?: string }; value: boolean }
  navigate: { payload: { readonly path: string }; value: null }
  'open-record': { payload: { readonly recordType: string; readonly recordId: string }; value: null }
  'open-url': { payload: { readonly url: string }; value: null }
  /** Has a component do something that its contract declares, such as `focus`. */
  'call-method': {
    payload: { readonly rootId: string; readonly id: NodeId; readonly method: string }
    value: null
  }
}

export interface SurfaceName {
  readonly kind: string
  readonly id: string
}

/** Messages of the extension that want no answer. */
export interface ExtensionNotices {
  'set-surfaces': { readonly surfaces: readonly SurfaceName[] }
  'render-component': TreeBatch | PackedBatch
  log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string }
  error: {
    readonly code: ErrorCode
    readonly message: string
    readonly rootId?: string
    readonly componentStack?: string
  }
  /** Said by the relay, not by the extension's own code: the extension was stopped, and why. */
  stopped: { readonly code: ErrorCode; readonly message: string }
  /** Said by the relay: nothing of the extension gets through until `thawed` or `stopped`. */
  frozen: { readonly code: ErrorCode; readonly message: string }
  /** Said by the relay: what it held back follows. */
  thawed: Readonly<Record<string, never>>
}

export type PlatformRequestType = keyof PlatformRequests
export type ExtensionRequestType = keyof ExtensionRequests
export type ExtensionNoticeType = keyof ExtensionNotices

export const PLATFORM_REQUEST_TYPES = [
  'init',
  'trigger-surface',
  'context-changed',
  'close-surface',
  'event-handler-call',
  'evaluate',
  'ping',
] as const satisfies readonly PlatformRequestType[]

export const EXTENSION_REQUEST_TYPES = [
  'run-server-function',
  'read-stream',
  'end-stream',
  'open-dialog',
  'close-dialog',
  'show-toast',
  'confirm',
  'connect-account',
  'navigate',
  'open-record',
  'open-url',
  'call-method',
] as const satisfies readonly ExtensionRequestType[]

export type RequestMessage<T extends string = string> = Envelope & {
  readonly kind: 'request'
  readonly type: T
  readonly requestId: string
  readonly payload: unknown
}

export type AnswerMessage = Envelope & { readonly kind: 'answer'; readonly requestId: string } & (
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly error: WireError }
  )

/** Ends a request early: its answer, if one comes, is dropped. */
export type AbortMessage = Envelope & { readonly kind: 'abort'; readonly type: 'abort'; readonly requestId: string }

export type NoticeMessage = {
  [T in ExtensionNoticeType]: Envelope & {
    readonly kind: 'notice'
    readonly type: T
    readonly payload: ExtensionNotices[T]
  }
}[ExtensionNoticeType]

export type BridgeMessage = RequestMessage | AnswerMessage | AbortMessage | NoticeMessage

/** The one message that travels between windows, with the port that carries everything after it. */
export type ConnectMessage = Envelope & {
  readonly type: 'connect'
  readonly nonce: string
  readonly versions: readonly number[]
  readonly capabilities: readonly string[]
}

export const envelopeOf = (source: MessageSource, identity: FrameIdentity) => ({
  v: PROTOCOL_VERSION,
  source,
  appId: identity.appId,
  appInstallationId: identity.appInstallationId,
})

/** What one side expects of every message it receives. */
export interface ExpectedSender extends FrameIdentity {
  readonly source: MessageSource
  readonly limits: BridgeLimits
}

const findEnvelopeProblem = (
  value: Readonly<Record<string, unknown>>,
  expected: FrameIdentity & { source: MessageSource },
) => {
  if (!isCount(value.v) || value.v === 0) return 'The envelope needs a protocol version v.'
  if (value.source !== expected.source)
    return `The envelope's source is ${describe(value.source)}, not ${expected.source}.`
  if (value.appId !== expected.appId) return "The envelope's appId is not the one of this frame."
  if (value.appInstallationId !== expected.appInstallationId)
    return "The envelope's appInstallationId is not the one of this frame."
  return isName(value.type) ? undefined : 'The envelope needs a type.'
}

export const parseConnectMessage = (
  value: unknown,
  expected: FrameIdentity & { readonly nonce: string },
): Parsed<ConnectMessage> => {
  if (!isRecord(value)) return refuse(`A connect message must be an object; received ${describe(value)}.`)
  const problem = findEnvelopeProblem(value, { ...expected, source: 'souk-extension' })
  if (problem) return refuse(problem)
  if (value.type !== 'connect') return refuse(`The first message must be connect, not ${describe(value.type)}.`)
  if (value.nonce !== expected.nonce) return refuse('The nonce is not the one this frame was given.')
  const { versions, capabilities } = value
  if (!isArrayOf(versions, isCount, 32)) return refuse('versions must be an array of protocol versions.')
  if (!isStringArray(capabilities, 64)) return refuse('capabilities must be an array of names.')
  return { ...(value as unknown as ConnectMessage), versions, capabilities }
}

const MESSAGE_FIELDS: ReadonlySet<string> = new Set([
  ...['v', 'source', 'appId', 'appInstallationId', 'type', 'kind'],
  ...['requestId', 'payload', 'ok', 'value', 'error'],
])

/** Fields of a newer version are kept, within the same bounds as what this one knows. */
const findUnknownFieldProblem = (message: Readonly<Record<string, unknown>>, limits: BridgeLimits) => {
  const unknown = Object.entries(message).filter(([field]) => !MESSAGE_FIELDS.has(field))
  return unknown.length === 0 ? undefined : findUnsendable(new Map(unknown), 'The envelope', valueBudget(limits))
}

/** Parses what arrives on the port, on either side. */
export const parseBridgeMessage = (value: unknown, expected: ExpectedSender): Parsed<BridgeMessage> => {
  if (!isRecord(value) || value.kind !== 'notice' || expected.source !== 'souk-extension')
    return parsePlatformMessage(value, expected)
  const problem = findEnvelopeProblem(value, expected) ?? findUnknownFieldProblem(value, expected.limits)
  return problem ? refuse(problem) : parseNotice(value, expected)
}

/** Parses what both sides send: requests, answers and aborts. It is all that a platform sends. */
export const parsePlatformMessage = (value: unknown, expected: ExpectedSender): Parsed<BridgeMessage> => {
  if (!isRecord(value)) return refuse(`A message must be an object; received ${describe(value)}.`)
  const problem = findEnvelopeProblem(value, expected) ?? findUnknownFieldProblem(value, expected.limits)
  if (problem) return refuse(problem)
  switch (value.kind) {
    case 'request':
      return parseRequest(value, expected)
    case 'answer':
      return parseAnswer(value, expected)
    case 'abort':
      return isName(value.requestId, 100) && value.type === 'abort'
        ? (value as unknown as AbortMessage)
        : refuse('An abort needs the requestId it ends.')
    case 'notice':
      return refuse('The platform sends no notices.')
    default:
      return refuse(`kind is ${describe(value.kind)}; expected request, answer, abort or notice.`)
  }
}

const valueBudget = (limits: BridgeLimits) => ({
  depth: 32,
  stringLength: limits.batchBytes,
  values: 100_000,
  size: limits.batchBytes,
})

const parseRequest = (value: Readonly<Record<string, unknown>>, expected: ExpectedSender): Parsed<RequestMessage> => {
  if (!isName(value.requestId, 100)) return refuse('A request needs a requestId of 1 to 100 characters.')
  const problem = findUnsendable(value.payload, 'payload', valueBudget(expected.limits))
  return problem ? refuse(problem) : (value as unknown as RequestMessage)
}

const parseAnswer = (value: Readonly<Record<string, unknown>>, expected: ExpectedSender): Parsed<AnswerMessage> => {
  if (!isName(value.requestId, 100)) return refuse('An answer needs the requestId of its request.')
  if (value.ok === true) {
    const problem = findUnsendable(value.value, 'value', valueBudget(expected.limits))
    return problem ? refuse(problem) : (value as unknown as AnswerMessage)
  }
  if (value.ok !== false) return refuse('An answer needs ok: true or false.')
  const error = parseWireError(value.error)
  return isRefusal(error) ? error : ({ ...value, error } as unknown as AnswerMessage)
}

export const parseWireError = (value: unknown): Parsed<WireError> => {
  if (!isRecord(value) || !isName(value.code, 100) || !isString(value.message) || value.message.length > 10_000)
    return refuse('An error needs a code and a message.')
  const { code, message, fields, retryAfterSeconds, traceId, details } = value
  return {
    code,
    message,
    ...(areFieldMessages(fields) ? { fields } : {}),
    ...(typeof retryAfterSeconds === 'number' && Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds } : {}),
    ...(isName(traceId) ? { traceId } : {}),
    ...(isErrorDetails(details) ? { details } : {}),
  }
}

const MAX_DETAILS = 20

/** Few and short, by names that reach no prototype. */
export const isErrorDetails = (value: unknown): value is ErrorDetails =>
  isRecord(value) &&
  Object.keys(value).length <= MAX_DETAILS &&
  Object.entries(value).every(
    ([key, item]) =>
      isName(key, 60) &&
      !isPrototypeKey(key) &&
      (typeof item === 'boolean' ||
        (typeof item === 'number' && Number.isFinite(item)) ||
        (isString(item) && item.length <= MAX_FIELD_LENGTH)),
  )

/** How many fields an error speaks of, and how long their names and messages are. */
const MAX_FIELDS = 200
const MAX_FIELD_LENGTH = 1_000

const areFieldMessages = (fields: unknown): fields is Readonly<Record<string, string>> => {
  if (!isRecord(fields)) return false
  const entries = Object.entries(fields)
  return (
    entries.length <= MAX_FIELDS && entries.flat().every((text) => isString(text) && text.length <= MAX_FIELD_LENGTH)
  )
}

const isSurfaceName = (value: unknown): value is SurfaceName =>
  isRecord(value) && isName(value.kind) && isName(value.id)

const LOG_LEVELS: readonly unknown[] = ['debug', 'info', 'warn', 'error']

const parseNotice = (value: Readonly<Record<string, unknown>>, expected: ExpectedSender): Parsed<NoticeMessage> => {
  const { payload } = value
  const accept = value as unknown as NoticeMessage
  if (value.type === 'render-component') {
    const parse = isPackedBatch(payload) ? parsePackedBatch : parseTreeBatch
    const batch = parse(payload, expected.limits)
    return isRefusal(batch) ? batch : ({ ...value, payload: batch } as unknown as NoticeMessage)
  }
  if (!isRecord(payload))
    return refuse(`The payload of ${value.type} must be an object; received ${describe(payload)}.`)
  const problem = findUnsendable(payload, 'payload', valueBudget(expected.limits))
  if (problem) return refuse(problem)
  switch (value.type) {
    case 'set-surfaces': {
      const { surfaces } = payload
      return isArrayOf(surfaces, isSurfaceName, 1000) ? accept : refuse('surfaces must be an array of { kind, id }.')
    }
    case 'log':
      return LOG_LEVELS.includes(payload.level) && isString(payload.message) && payload.message.length <= 10_000
        ? accept
        : refuse('A log needs a level and a message of at most 10,000 characters.')
    case 'thawed':
      return accept
    case 'stopped':
    case 'frozen':
    case 'error':
      return isErrorCode(payload.code) &&
        isString(payload.message) &&
        payload.message.length <= 10_000 &&
        (payload.rootId === undefined || isName(payload.rootId)) &&
        isOptionalText(payload.componentStack, 10_000)
        ? accept
        : refuse('An error needs a known code, a message of at most 10,000 characters and a rootId that is a name.')
    default:
      return refuse(`${value.type} is not a notice this version knows.`)
  }
}

const isOptionalText = (value: unknown, max: number): boolean =>
  value === undefined || (isString(value) && value.length <= max)

/** Checks the payload of a platform's request by its type. What each part of it means, the service checks that it is for. */
export const parsePlatformRequest = <T extends PlatformRequestType>(
  type: T,
  payload: unknown,
): Parsed<PlatformRequests[T]['payload']> =>
  type === 'ping' || (isRecord(payload) && IS_PLATFORM_PAYLOAD[type](payload))
    ? // Each field of the type was checked just above; nothing of a ping is read.
      (payload as PlatformRequests[T]['payload'])
    : refuse(`The payload of ${type} lacks a field that it needs, or has one in another form.`)

type IsPayload = (payload: Readonly<Record<string, unknown>>) => boolean

const isSurfaceCall: IsPayload = (p) => isName(p.kind) && isName(p.surfaceId) && isRecord(p.context)
/** It has a parser of its own, which answers a product that speaks another version. */
const isAny: IsPayload = () => true

const IS_PLATFORM_PAYLOAD: Readonly<Record<PlatformRequestType, IsPayload>> = {
  init: isAny,
  ping: isAny,
  'trigger-surface': (p) => isSurfaceCall(p) && isName(p.instanceId),
  'context-changed': (p) => isRecord(p.context) && (p.instanceId === undefined || isName(p.instanceId)),
  'close-surface': (p) => isName(p.instanceId),
  'event-handler-call': (p) =>
    isName(p.rootId) &&
    isName(p.handlerId, 300) &&
    Array.isArray(p.args) &&
    (p.eventVersion === undefined || isCount(p.eventVersion)),
  evaluate: (p) => isSurfaceCall(p) && isName(p.expression),
}

/** Checks the payload of an extension's request by its type. Runs on the host before any service sees it. */
export const parseExtensionRequest = <T extends ExtensionRequestType>(
  type: T,
  payload: unknown,
): Parsed<ExtensionRequests[T]['payload']> => {
  if (!isRecord(payload)) return refuse(`The payload of ${type} must be an object; received ${describe(payload)}.`)
  const problem = EXTENSION_REQUEST_PROBLEMS[type](payload)
  return problem ? refuse(problem) : (payload as ExtensionRequests[T]['payload'])
}

type Problem = (payload: Readonly<Record<string, unknown>>) => string | undefined

const unless = (ok: boolean, sentence: string): string | undefined => (ok ? undefined : sentence)

const EXTENSION_REQUEST_PROBLEMS: Readonly<Record<ExtensionRequestType, Problem>> = {
  'run-server-function': (p) =>
    unless(
      isName(p.moduleHash, 500) &&
        isString(p.args) &&
        isName(p.idempotencyKey, 100) &&
        (p.takesParts === undefined || typeof p.takesParts === 'boolean'),
      'run-server-function needs a moduleHash, encoded args and an idempotencyKey.',
    ),
  'read-stream': (p) => unless(isName(p.streamId, 100), 'read-stream needs a streamId.'),
  'end-stream': (p) => unless(isName(p.streamId, 100), 'end-stream needs a streamId.'),
  'open-dialog': (p) =>
    unless(
      isName(p.dialogId, 100) && isName(p.title) && (p.size === 'small' || p.size === 'medium' || p.size === 'large'),
      'open-dialog needs a dialogId, a title of at most 200 characters and a size: small, medium or large.',
    ),
  'close-dialog': (p) => unless(isName(p.dialogId, 100), 'close-dialog needs a dialogId.'),
  'show-toast': (p) =>
    unless(
      isName(p.title) &&
        isOptionalText(p.description, 1000) &&
        (p.variant === 'info' || p.variant === 'success' || p.variant === 'warning' || p.variant === 'error'),
      'show-toast needs a title of at most 200 characters and a variant: info, success, warning or error.',
    ),
  confirm: (p) =>
    unless(
      isName(p.title) && isOptionalText(p.description, 2000) && isOptionalText(p.confirmLabel, 60),
      'confirm needs a title of at most 200 characters.',
    ),
  'connect-account': (p) =>
    unless(
      isName(p.connection, 60) && isOptionalText(p.connectionId, 200),
      'connect-account needs the id of a connection definition.',
    ),
  navigate: (p) =>
    unless(
      isName(p.path, 2000) && /^\/(?![/\\])/.test(p.path),
      'navigate needs a path inside the product that starts with one slash.',
    ),
  'open-record': (p) =>
    unless(isName(p.recordType) && isName(p.recordId), 'open-record needs a recordType and a recordId.'),
  'open-url': (p) => unless(isName(p.url, 2000) && isSafeUrl(p.url), 'open-url needs an https:, mailto: or tel: URL.'),
  'call-method': (p) =>
    unless(
      isName(p.rootId) && isCount(p.id) && p.id > 0 && isName(p.method, 61),
      'call-method needs a rootId, a node id and the name of a method.',
    ),
}
