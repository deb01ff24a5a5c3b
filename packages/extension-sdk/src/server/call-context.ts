import { SdkError } from '../sdk-error'

export type SettingValue = string | number | boolean

/** What the platform tells a server function about the call it serves. */
export interface CallContext {
  readonly user: { readonly id: string; readonly name?: string }
  readonly organizationId: string
  readonly installationId: string
  /** By path in dots, defaults filled in. Secrets are here only where their schema says `reveal`. */
  readonly settings: {
    readonly organization: Readonly<Record<string, SettingValue>>
    readonly user: Readonly<Record<string, SettingValue>>
  }
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly deadline: number
}

/** Where the runtime puts its side. It answers for the call that asks, also when many run at once. */
const PLATFORM = Symbol.for('souk.server')

interface Platform {
  context(): CallContext | undefined
}

const isPlatform = (value: unknown): value is Platform =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Platform>).context === 'function'

/**
 * The context of the call that is running.
 *
 * @throws {SdkError} `NOT_IN_SERVER_FUNCTION` outside of one, for example while the module is loading.
 */
export const callContext = (): CallContext => {
  const platform: unknown = Reflect.get(globalThis, PLATFORM)
  const context = isPlatform(platform) ? platform.context() : undefined
  if (context) return context
  throw new SdkError(
    'NOT_IN_SERVER_FUNCTION',
    'No server function is running here. Settings, the user, signal and deadline belong to one call: ' +
      'ask for them inside an exported function of a *.server.ts file, not while the file is loading.',
  )
}
