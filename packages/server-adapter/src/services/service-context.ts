import type { Sealer } from '../crypto/create-sealer'
import { type Actor, ANONYMOUS, type UserActor } from '../policy'
import type { FunctionRuntime } from '../runtime/function-runtime'
import { SoukError } from '../souk-error'
import { isStorageError, type Storage } from '../storage'
import type { Tracer } from '../telemetry'
import type { OutboundFetch } from './connections/oauth'
import type { DeviceLoginOptions } from './device-logins'
import type { HostFunctions } from './host-functions'
import type { OnInvitation } from './members'
import type { RateLimiter } from './rate-limiter'
import type { RolloutBudget } from './rollout-budget'
import type { OnTriggerEvents } from './webhooks/trigger-events'

/** What the services share. They know values and a storage; nothing of HTTP. */
export interface ServiceContext {
  readonly storage: Storage
  readonly sealer: Sealer
  readonly runtime: FunctionRuntime
  /** By user and installation. */
  readonly functionCalls: RateLimiter
  /** By installation. */
  readonly installationCalls: RateLimiter
  /** By app. */
  readonly appCalls: RateLimiter
  readonly isolation: 'origin' | 'opaque'
  /** The frame document of an installation at a deployment. */
  readonly frameUrl: (installationId: string, deploymentId: string) => string
  /** Of all bundles of one app together. */
  readonly bundleQuotaBytes: number
  /** Asks outside services on behalf of connections: public addresses only. */
  readonly outbound: OutboundFetch
  /** Where outside services send people back to. */
  readonly callbackUrl: string
  /** Where outside services send what the webhook handler of a token takes. */
  readonly webhookUrl: (token: string) => string
  /** Takes the events that apps find in deliveries. */
  readonly onTriggerEvents?: OnTriggerEvents | undefined
  /** What apps may call of the product. */
  readonly hostFunctions: HostFunctions
  readonly tracer: Tracer
  /** How long calls of functions are kept. */
  readonly keepCallsDays: number
  /** When a rollout is halted on its own. */
  readonly rolloutBudget: RolloutBudget
  /** Told of a new invitation, so that the product delivers it. */
  readonly onInvitation?: OnInvitation | undefined
  /** Absent when command lines cannot log in. */
  readonly deviceLogin?: DeviceLoginOptions | undefined
  /** Device logins that begin, over all of this process. */
  readonly deviceLogins: RateLimiter
  /** Codes that a person types, by person. */
  readonly codeEntries: RateLimiter
  readonly now: () => Date
  /** Keeps a shutdown waiting for work that goes on after its request was answered. */
  readonly extendLifetime: (work: Promise<unknown>) => void
  /** Told of what failed on the server and is not shown to the caller. */
  readonly onError: (error: unknown, about: { readonly traceId?: string }) => void
}

/** The user behind the actor, for services that work in the user's organization. */
export const requireUser = (actor: Actor): UserActor => {
  if (actor.kind === 'user') return actor
  if (actor === ANONYMOUS || actor.kind === 'anonymous')
    throw new SoukError('UNAUTHENTICATED', 'Nobody is signed in. Sign in to the product and try again.')
  throw new SoukError('FORBIDDEN', 'An API key works in no organization. Sign in to the product to do this.')
}

/** @throws {SoukError} `RATE_LIMITED` when the bucket of the key is empty. */
export const takeToken = (limiter: RateLimiter, key: string, what: string): void => {
  const allowed = limiter.take(key)
  if (!allowed.ok)
    throw new SoukError('RATE_LIMITED', `Too many ${what}. Wait ${allowed.retryAfterSeconds} s and try again.`, {
      retryAfterSeconds: allowed.retryAfterSeconds,
    })
}

/** Runs a write whose unique rules answer in the caller's words. */
export const orConflict = async <T>(write: Promise<T>, message: string): Promise<T> => {
  try {
    return await write
  } catch (error) {
    if (isStorageError(error) && error.code === 'CONFLICT') throw new SoukError('CONFLICT', message, { cause: error })
    throw error
  }
}
