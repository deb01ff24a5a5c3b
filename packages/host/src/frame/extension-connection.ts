import {
  type Answer,
  type BridgeLimits,
  createCalleeEndpoint,
  createCallerEndpoint,
  createChannel,
  EXTENSION_REQUEST_TYPES,
  type ExtensionRequests,
  type ExtensionRequestType,
  type FrameIdentity,
  isErrorCode,
  isRefusal,
  type NoticeMessage,
  PLATFORM_REQUEST_TYPES,
  type PlatformRequests,
  type PlatformRequestType,
  type PortLike,
  parseExtensionRequest,
  type RpcEndpoint,
} from '@souk/extension-sdk/protocol'
import * as Comlink from 'comlink'
import { HostError, toWireError } from '../host-error'

/** What the product does for an extension. Each may throw; the extension gets the code and the sentence. */
export type ExtensionServices = {
  readonly [T in ExtensionRequestType]: (
    payload: ExtensionRequests[T]['payload'],
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
}

/** The host's end of the bridge to one running extension. */
export interface ExtensionConnection {
  /** @throws {HostError} The extension's error, `TIMEOUT` or `CLOSED`. */
  request<T extends PlatformRequestType>(
    type: T,
    payload: PlatformRequests[T]['payload'],
  ): Promise<PlatformRequests[T]['value']>
  dispose(): void
}

// Comlink declares DOM events, and reads only `data` and `origin` of them, which is all a guard endpoint gives.
const asEndpoint = (endpoint: RpcEndpoint) => endpoint as unknown as Comlink.Endpoint

type Caller = { readonly [T in PlatformRequestType]: (payload: unknown) => Promise<Answer> }

export const createExtensionConnection = (options: ExtensionConnectionOptions): ExtensionConnection => {
  const { port, identity, limits, services, onNotice, onRefused } = options
  const channel = createChannel({ port, side: 'souk-platform', identity, limits, onRefused })

  const answering =
    <T extends ExtensionRequestType>(type: T) =>
    async (received: unknown): Promise<Answer> => {
      const payload = parseExtensionRequest(type, received)
      if (isRefusal(payload)) return { ok: false, error: { code: 'INVALID_MESSAGE', message: payload.refused } }
      try {
        return { ok: true, value: await services[type](payload) }
      } catch (error) {
        return { ok: false, error: toWireError(error) }
      }
    }

  channel.on('notice', onNotice)
  Comlink.expose(
    Object.fromEntries(EXTENSION_REQUEST_TYPES.map((type) => [type, answering(type)])),
    asEndpoint(createCalleeEndpoint(channel, EXTENSION_REQUEST_TYPES)),
  )
  const caller = Comlink.wrap<Caller>(asEndpoint(createCallerEndpoint(channel, PLATFORM_REQUEST_TYPES)))

  return {
    async request(type, payload) {
      // The union of all requests is too wide for TypeScript to see that each takes one payload and gives an Answer.
      const call = caller[type] as (payload: unknown) => Promise<Answer>
      const answer = await call(payload)
      // What the value means is up to the caller, who checks it where it matters.
      if (answer.ok) return answer.value as PlatformRequests[typeof type]['value']
      const { code, message, ...details } = answer.error
      throw new HostError(isErrorCode(code) ? code : 'EXTENSION_ERROR', message, details)
    },
    dispose: () => channel.close(),
  }
}
