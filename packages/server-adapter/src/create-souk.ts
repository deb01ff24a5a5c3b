import { createSealer, type KeyRing } from './crypto/create-sealer'
import { createApi } from './http/create-api'
import type { Authenticate } from './http/read-actor'
import type { FunctionRuntime } from './runtime/function-runtime'
import { createSandboxOrigin, type SandboxOptions } from './sandbox/sandbox-origin'
import { createServices } from './services/create-services'
import { createTokenBucket, type RateLimiter } from './services/rate-limiter'
import { SoukError } from './souk-error'
import type { Storage } from './storage'

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
  /** Calls of server functions, by user and installation. Default: 60 at once, 20 a second, in this process. */
  readonly functionRateLimit?: RateLimiter
}

export interface Souk {
  /** Where `fetch` expects to be mounted, such as `/api/souk`. */
  readonly basePath: string
  /** Answers every request under `basePath`. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Ends the runtime. The storage belongs to the caller and stays open. */
  close(): Promise<void>
}

/**
 * Makes the server half of Souk: one `fetch` that mounts on any server.
 *
 * @throws {SoukError} `NOT_CONFIGURED` at once when something it needs is missing, with what to do about it.
 */
export const createSouk = (options: CreateSoukOptions): Souk => {
  const { storage, authenticate, runtime, basePath = '/api/souk' } = options
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

  const onError = options.onError ?? ((error, { traceId }) => console.error('souk', traceId ?? '', error))
  const services = createServices({
    storage,
    runtime,
    onError,
    sealer: createSealer(options.secrets),
    functionCalls: options.functionRateLimit ?? createTokenBucket({ burst: 60, perSecond: 20 }),
    isolation: options.sandbox.isolation,
    frameUrl: createSandboxOrigin(options.sandbox).frameUrl,
    now: () => new Date(),
  })
  const api = createApi({ services, authenticate, basePath, onError })

  return {
    basePath,
    fetch: api.fetch,
    close: () => runtime.dispose(),
  }
}
