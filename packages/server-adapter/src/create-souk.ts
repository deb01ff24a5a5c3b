import type { Tracer } from '@opentelemetry/api'
import { createLifetime } from './create-lifetime'
import { createSealer, type KeyRing } from './crypto/create-sealer'
import { CALLBACK_PATH } from './http/connection-callback'
import { createApi } from './http/create-api'
import { createTypedApi, type SoukApi } from './http/create-typed-api'
import { nameRoutes } from './http/operations'
import { toSoukError } from './http/problem'
import { type Authenticate, readActor } from './http/read-actor'
import { createRoutes } from './http/routes'
import { WEBHOOK_PATH } from './http/webhook-delivery'
import { createOutboundFetch } from './outbound-fetch'
import type { EgressOptions } from './runtime/egress/create-egress-broker'
import type { FunctionRuntime } from './runtime/function-runtime'
import { createSandboxOrigin, type SandboxOptions } from './sandbox/sandbox-origin'
import { createServices } from './services/create-services'
import type { DeviceLoginOptions } from './services/device-logins'
import type { HostFunctions } from './services/host-functions'
import type { OnInvitation } from './services/members'
import { createTokenBucket, type RateLimiter } from './services/rate-limiter'
import { DEFAULT_ROLLOUT_BUDGET, type RolloutBudget } from './services/rollout-budget'
import type { OnTriggerEvents } from './services/webhooks/trigger-events'
import { SoukError } from './souk-error'
import type { Storage } from './storage'
import { createTracer } from './telemetry'

export interface CreateSoukOptions {
  readonly storage: Storage
  /** The product's own session: who sends this request, or null. Souk keeps no users. */
  readonly authenticate: Authenticate
  /** The keys that seal the secrets of apps. */
  readonly secrets: KeyRing
  /** Where server functions run, such as `createProcessRuntime()` of `@souk/server-adapter/runtime`. */
  readonly runtime: FunctionRuntime
  /** The same values that `createSandbox` gets. */
  readonly sandbox: SandboxOptions
  /** Default `/api/souk`. */
  readonly basePath?: string
  /** Told of what failed on the server. Default: `console.error`. */
  readonly onError?: (error: unknown, about: { readonly traceId?: string }) => void
  /** What the bundles of one app may come to together, in bytes. Default 512 MiB. */
  readonly bundleQuotaBytes?: number
  readonly connections?: ConnectionOptions
  /** What server functions of apps may call of the product, by name, each with the scope it needs. Default: nothing. */
  readonly hostFunctions?: HostFunctions
  /** Takes the events that apps find in what outside services send. Without it such deliveries are refused, so that none is lost. */
  readonly onTriggerEvents?: OnTriggerEvents
  /** Wraps calls of server functions in spans, as `trace.getTracer('souk')` of `@opentelemetry/api` gives it. Default: no spans. */
  readonly tracer?: Tracer
  /** How many days calls of server functions are kept. Default 30. */
  readonly keepCallsDays?: number
  /** Told of each invitation to a developer account, so that the product brings its token to who is invited. Souk sends no mail. */
  readonly onInvitation?: OnInvitation
  /** Lets `souk login` in. Without it developers make API keys in the product. */
  readonly deviceLogin?: DeviceLoginOptions
  /** Origins of the product beside the one that Souk answers on, whose pages may write: `https://admin.example.com`. There is no CORS for them. */
  readonly allowedOrigins?: readonly string[]
  /** How long `close` waits for requests that run, in milliseconds. Default 30,000. */
  readonly closeTimeoutMs?: number
  /** Who may do how much. Each default counts in this process alone. */
  readonly rateLimits?: Partial<RateLimits>
  /** When a percentage rollout is halted and taken back on its own. The defaults are in `docs/limits.md`. */
  readonly rolloutBudget?: Partial<RolloutBudget>
}

export interface ConnectionOptions {
  /** The product's own origin, where people come back to and outside services send webhooks to. Default: the first of `sandbox.hostOrigins`. */
  readonly publicOrigin?: string
  /** How services are reached for tokens; stand-ins for development, as of a runtime. */
  readonly egress?: EgressOptions
}

export interface RateLimits {
  /** Requests, by user or API key. Default: 300 at once, 50 a second. */
  readonly requests: RateLimiter
  /** Calls of server functions, by user and installation. Default: 60 at once, 20 a second. */
  readonly functionCalls: RateLimiter
  /** Calls of server functions, by installation. Default: 300 at once, 100 a second. */
  readonly installationCalls: RateLimiter
  /** Calls of server functions, by app, over all organizations. Default: 2,000 at once, 500 a second. */
  readonly appCalls: RateLimiter
  /** Requests of command lines that have no key yet, all together. Default: 300 at once, 50 a second. */
  readonly anonymous: RateLimiter
  /** Command lines that begin to log in, all together. Default: 60 at once, one a second. */
  readonly deviceLogins: RateLimiter
  /** Codes of command lines that are typed, by person. Default: 10 at once, one in 30 seconds. */
  readonly codeEntries: RateLimiter
}

export interface Souk {
  /** Where `fetch` expects to be mounted, such as `/api/souk`. */
  readonly basePath: string
  /** Answers every request under `basePath`. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** The same without HTTP, for the product's own code. */
  readonly api: SoukApi
  /**
   * Refuses new requests with `SHUTTING_DOWN` (503), lets those that run come to their end, and ends the processes of functions. Call it
   * before the HTTP server's own `close`. The storage belongs to the caller and stays open.
   */
  close(): Promise<void>
}

/**
 * Makes the server half of Souk: one `fetch` that mounts on any server.
 *
 * @throws {SoukError} `NOT_CONFIGURED` at once when something it needs is missing, with what to do about it.
 */
export const createSouk = (options: CreateSoukOptions): Souk => {
  const { storage, authenticate, runtime, basePath = '/api/souk', rateLimits = {} } = options
  const missing = (name: string, advice: string) =>
    new SoukError('NOT_CONFIGURED', `\`${name}\` is missing from the options of createSouk. ${advice}`)
  if (typeof storage?.installations !== 'object')
    throw missing('storage', 'Pass createPostgresStorage({ database }) of @souk/storage-pg, or createMemoryStorage().')
  if (typeof authenticate !== 'function')
    throw missing('authenticate', 'Pass a function that returns the signed-in user of a request, or null.')
  if (typeof runtime?.invoke !== 'function')
    throw missing('runtime', 'Pass createProcessRuntime() of @souk/server-adapter/runtime.')
  if (typeof options.sandbox !== 'object' || options.sandbox === null)
    throw missing('sandbox', 'Pass { isolation, origin, hostOrigins }, the values createSandbox gets.')
  if (!/^(?:\/[A-Za-z0-9._~-]+)+$/.test(basePath))
    throw new SoukError(
      'NOT_CONFIGURED',
      `\`basePath\` is ${JSON.stringify(basePath)}. It must begin with a slash and not end with one, such as /api/souk.`,
    )

  if (options.deviceLogin && !URL.canParse(options.deviceLogin.verificationUri))
    throw new SoukError(
      'NOT_CONFIGURED',
      '`deviceLogin.verificationUri` is not an address. Pass that of the page where people type the code, such as https://app.example.com/apps/device.',
    )

  const allowedOrigins = new Set(options.allowedOrigins ?? [])
  for (const origin of allowedOrigins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new SoukError(
        'NOT_CONFIGURED',
        `${JSON.stringify(origin)} in \`allowedOrigins\` is not an origin. Write it without a path or a slash at its end, such as https://admin.example.com.`,
      )

  const publicUrl = `${options.connections?.publicOrigin ?? options.sandbox.hostOrigins[0] ?? ''}${basePath}`
  const onError = options.onError ?? ((error, { traceId }) => console.error('souk', traceId ?? '', error))
  const lifetime = createLifetime(() => runtime.dispose(), options.closeTimeoutMs ?? 30_000)
  const services = createServices({
    storage,
    runtime,
    onError,
    extendLifetime: lifetime.extend,
    sealer: createSealer(options.secrets),
    functionCalls: rateLimits.functionCalls ?? createTokenBucket({ burst: 60, perSecond: 20 }),
    installationCalls: rateLimits.installationCalls ?? createTokenBucket({ burst: 300, perSecond: 100 }),
    appCalls: rateLimits.appCalls ?? createTokenBucket({ burst: 2000, perSecond: 500 }),
    onInvitation: options.onInvitation,
    deviceLogin: options.deviceLogin,
    deviceLogins: rateLimits.deviceLogins ?? createTokenBucket({ burst: 60, perSecond: 1 }),
    codeEntries: rateLimits.codeEntries ?? createTokenBucket({ burst: 10, perSecond: 1 / 30 }),
    bundleQuotaBytes: options.bundleQuotaBytes ?? 512 * 1024 * 1024,
    isolation: options.sandbox.isolation,
    frameUrl: createSandboxOrigin(options.sandbox).frameUrl,
    outbound: createOutboundFetch(options.connections?.egress ?? {}),
    callbackUrl: `${publicUrl}${CALLBACK_PATH}`,
    webhookUrl: (token) => `${publicUrl}${WEBHOOK_PATH.replace('{token}', token)}`,
    onTriggerEvents: options.onTriggerEvents,
    hostFunctions: options.hostFunctions ?? {},
    tracer: createTracer(options.tracer),
    keepCallsDays: options.keepCallsDays ?? 30,
    rolloutBudget: { ...DEFAULT_ROLLOUT_BUDGET, ...options.rolloutBudget },
    now: () => new Date(),
  })
  const routes = nameRoutes(createRoutes(services))
  const http = createApi({
    routes,
    readActor: (request) => readActor(request, authenticate, services),
    requests: rateLimits.requests ?? createTokenBucket({ burst: 300, perSecond: 50 }),
    finishConnection: (actor, answer) => services.connections.finish(actor, answer),
    deliverWebhook: (token, delivery) => services.webhooks.deliver(token, delivery),
    anonymous: rateLimits.anonymous ?? createTokenBucket({ burst: 300, perSecond: 50 }),
    basePath,
    allowedOrigins,
    onError,
  })

  return {
    basePath,
    fetch: (request) =>
      // What the API answers never rejects; a refusal to run at all does.
      lifetime.run(() => http.fetch(request)).catch((error) => http.refuse(request, toSoukError(error))),
    api: createTypedApi(routes, onError, lifetime),
    close: lifetime.close,
  }
}
