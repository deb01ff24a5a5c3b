import { SdkError } from '../sdk-error'

export type SettingValue = string | number | boolean

/** One connected account, as the platform tells of it. */
export interface ConnectedAccount {
  readonly id: string
  readonly definition: string
  readonly type: 'oauth2-code' | 'secret' | 'none'
  readonly scope: 'organization' | 'user'
  readonly label: string
  readonly status: 'active' | 'expired'
  readonly variables: Readonly<Record<string, string>>
  readonly expiresAt: number | null
  readonly value?: string
  readonly fields?: Readonly<Record<string, string>>
}

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
  readonly connections?: readonly ConnectedAccount[]
  readonly signal: AbortSignal
  /** Milliseconds since 1970. */
  readonly deadline: number
}

/** Where the runtime puts its side. It answers for the call that asks, also when many run at once. */
const PLATFORM = Symbol.for('souk.server')

interface Platform {
  context(): CallContext | undefined
  /** Absent in a runtime that answers no questions. */
  ask?(operation: string, args: readonly unknown[]): Promise<unknown>
}

const isPlatform = (value: unknown): value is Platform =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Platform>).context === 'function'

const findPlatform = (): Platform | undefined => {
  const platform: unknown = Reflect.get(globalThis, PLATFORM)
  return isPlatform(platform) ? platform : undefined
}

/**
 * The context of the call that is running.
 *
 * @throws {SdkError} `NOT_IN_SERVER_FUNCTION` outside of one, for example while the module is loading.
 */
export const callContext = (): CallContext => {
  const context = findPlatform()?.context()
  if (context) return context
  throw new SdkError(
    'NOT_IN_SERVER_FUNCTION',
    'No server function is running here. Settings, the user, signal and deadline belong to one call: ' +
      'ask for them inside an exported function of a *.server.ts file, not while the file is loading.',
  )
}

/**
 * Asks the platform for something: to store a value, to save a setting, to call a function of the product.
 *
 * @throws {SdkError} `NOT_IN_SERVER_FUNCTION`; the code and sentence of the platform's refusal.
 */
export const askPlatform = async (operation: string, ...args: readonly unknown[]): Promise<unknown> => {
  callContext()
  const platform = findPlatform()
  if (!platform?.ask)
    throw new SdkError(
      'METHOD_NOT_FOUND',
      'This runtime of server functions is older than the SDK. Update the product.',
    )
  return platform.ask(operation, args)
}
