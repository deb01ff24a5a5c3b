import * as Comlink from 'comlink'
import type { ClientRuntime } from '../client/client-runtime'
import type { Answer, Channel } from '../protocol/channel'
import { type CallOptions, createCalleeEndpoint, createCallerEndpoint, type GuardEndpoint } from '../protocol/endpoints'
import {
  EXTENSION_REQUEST_TYPES,
  type ExtensionRequests,
  type ExtensionRequestType,
  PLATFORM_REQUEST_TYPES,
  type PlatformRequests,
  type PlatformRequestType,
  parsePlatformRequest,
} from '../protocol/messages'
import { isRefusal } from '../protocol/parse'
import { fromWireError } from '../sdk-error'
import { toWireError } from './to-wire-error'

/** What this side does for each request of the product. It may throw; the product then gets the code and the message. */
export type PlatformServices = {
  readonly [T in PlatformRequestType]: (
    payload: PlatformRequests[T]['payload'],
  ) => PlatformRequests[T]['value'] | Promise<PlatformRequests[T]['value']>
}

type Call = (payload: unknown, options?: CallOptions) => Promise<Answer>
type Caller = { readonly [T in ExtensionRequestType]: Call }

export interface PlatformLink extends Pick<ClientRuntime, 'request'> {
  /** How many calls wait for an answer, in both directions. */
  pending(): number
}

// Comlink declares DOM events, and reads only `data` and `origin` of them, which is all a guard endpoint gives.
const asEndpoint = (endpoint: GuardEndpoint) => endpoint as unknown as Comlink.Endpoint

/**
 * Comlink carries the calls over the channel, behind the guard endpoints of the protocol.
 *
 * @param onLate Told of an answer that came too late.
 */
export const connectPlatform = (
  channel: Channel,
  services: PlatformServices,
  onLate?: (sentence: string) => void,
): PlatformLink => {
  const callee = createCalleeEndpoint(channel, PLATFORM_REQUEST_TYPES)
  const callerEndpoint = createCallerEndpoint(channel, EXTENSION_REQUEST_TYPES, onLate)

  const answering =
    <T extends PlatformRequestType>(type: T) =>
    async (received: unknown): Promise<Answer> => {
      const payload = parsePlatformRequest(type, received)
      if (isRefusal(payload)) return { ok: false, error: { code: 'INVALID_MESSAGE', message: payload.refused } }
      try {
        return { ok: true, value: await services[type](payload) }
      } catch (error) {
        return { ok: false, error: toWireError(error) }
      }
    }

  Comlink.expose(Object.fromEntries(PLATFORM_REQUEST_TYPES.map((type) => [type, answering(type)])), asEndpoint(callee))
  const caller = Comlink.wrap<Caller>(asEndpoint(callerEndpoint))

  return {
    pending: () => callee.pending + callerEndpoint.pending,
    async request(type, payload, options) {
      // The union of all requests is too wide for TypeScript to see that each takes one payload and gives an Answer.
      const call = caller[type] as Call
      const answer = await call(payload, options)
      if (!answer.ok) throw fromWireError(answer.error)
      return answer.value as ExtensionRequests[typeof type]['value']
    },
  }
}
