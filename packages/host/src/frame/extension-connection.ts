import {
  type Answer,
  type BridgeLimits,
  type CallOptions,
  createCalleeEndpoint,
  createCallerEndpoint,
  createChannel,
  EXTENSION_REQUEST_TYPES,
  type ExtensionRequests,
  type ExtensionRequestType,
  type FrameIdentity,
  type GuardEndpoint,
  isErrorCode,
  isRefusal,
  type NoticeMessage,
  PLATFORM_REQUEST_TYPES,
  type PlatformRequests,
  type PlatformRequestType,
  type PortLike,
  parseExtensionRequest,
} from '@souk/extension-sdk/protocol'
import * as Comlink from 'comlink'
import { HostError, toWireError } from '../host-error'

/** What the product does for an extension. Each may throw; the extension gets the code and the sentence. */
export type ExtensionServices = {
  readonly [T in ExtensionRequestType]: (
    payload: ExtensionRequests[T]['payload'],
    /** Fires when the extension gives the request up, and when it ends. */
    signal: AbortSignal,
  ) => Promise<ExtensionRequests[T]['value']>
}

export interface ExtensionConnectionOptions {
  readonly port: PortLike
  readonly identity: FrameIdentity
  readonly limits: BridgeLimits
  readonly services: ExtensionServices
  readonly onNotice: (notice: NoticeMessage) => void
  /** Told of every message that was dropped, in a sentence. */
  readonly onRefused: (sentence: string) => void
  /** Told of every answer that came after its request had ended. */
  readonly onLate?: (sentence: string) => void
}

/** The host's end of the bridge to one running extension. */
export interface ExtensionConnection {
  /** @throws {HostError} The extension's error, `TIMEOUT`, `ABORTED` or `CLOSED`. */
  request<T extends PlatformRequestType>(
    type: T,
    payload: PlatformRequests[T]['payload'],
    options?: CallOptions,
  ): Promise<PlatformRequests[T]['value']>
  /** How many calls wait for an answer, in both directions. */
  pending(): number
  dispose(): void
}

// Comlink declares DOM events, and reads only `data` and `origin` of them, which is all a guard endpoint gives.
const asEndpoint = (endpoint: GuardEndpoint) => endpoint as unknown as Comlink.Endpoint

type Call = (payload: unknown, options?: CallOptions) => Promise<Answer>
type Calls = { readonly [T in PlatformRequestType]: Call }

export const createExtensionConnection = (options: ExtensionConnectionOptions): ExtensionConnection => {
  const { port, identity, limits, services, onNotice, onRefused, onLate } = options
  const channel = createChannel({ port, side: 'souk-platform', identity, limits, onRefused })

  const answering =
    <T extends ExtensionRequestType>(type: T) =>
    async (received: unknown, signal: AbortSignal): Promise<Answer> => {
      const payload = parseExtensionRequest(type, received)
      if (isRefusal(payload)) return { ok: false, error: { code: 'INVALID_MESSAGE', message: payload.refused } }
      try {
        return { ok: true, value: await services[type](payload, signal) }
      } catch (error) {
        return { ok: false, error: toWireError(error) }
      }
    }

  const callee = createCalleeEndpoint(channel, EXTENSION_REQUEST_TYPES)
  const callerEndpoint = createCallerEndpoint(channel, PLATFORM_REQUEST_TYPES, onLate)
  channel.on('notice', onNotice)
  Comlink.expose(Object.fromEntries(EXTENSION_REQUEST_TYPES.map((type) => [type, answering(type)])), asEndpoint(callee))
  const remote = Comlink.wrap<Calls>(asEndpoint(callerEndpoint))
  // Comlink makes a proxy each time it is asked for a name, so each is asked for once.
  const calls = Object.fromEntries(PLATFORM_REQUEST_TYPES.map((type) => [type, remote[type] as Call]))

  return {
    pending: () => callee.pending + callerEndpoint.pending,
    async request(type, payload, options) {
      // There is one for each type.
      const call = calls[type] as Call
      const answer = await call(payload, options)
      // What the value means is up to the caller, who checks it where it matters.
      if (answer.ok) return answer.value as PlatformRequests[typeof type]['value']
      const { code, message, ...details } = answer.error
      throw new HostError(isErrorCode(code) ? code : 'EXTENSION_ERROR', message, details)
    },
    dispose: () => channel.close(),
  }
}
