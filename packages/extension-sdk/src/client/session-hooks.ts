import { useSyncExternalStore } from 'react'
import type { HostContext } from '../protocol/messages'
import type { SettingsFields } from '../settings/builders'
import type { InferClientSettings } from '../settings/infer-settings'
import { getClientRuntime, type Session } from './client-runtime'

const useSession = (caller: string): Session => {
  const { session } = getClientRuntime(caller)
  return useSyncExternalStore(session.subscribe, session.get)
}

/** Theme, locale, time zone, user and organization. */
export const useHostContext = (): HostContext => useSession('useHostContext').context

/** Who is signed in, as far as the product says. */
export const useCurrentUser = (): HostContext['user'] => useSession('useCurrentUser').context.user

/**
 * Whether the product can do something: `navigate`, `open-record` or a capability of the protocol. Ask before you offer what needs it.
 *
 * @throws {SdkError} `CLOSED` while the module loads.
 */
export const hasCapability = (name: string): boolean =>
  getClientRuntime('hasCapability').session.get().capabilities.includes(name)

type SettingsOf<S> = {
  readonly [K in 'organization' | 'user']: K extends keyof S
    ? S[K] extends SettingsFields
      ? InferClientSettings<S[K]>
      : object
    : object
}

/**
 * What the app was set to, without its secrets.
 *
 * @typeParam S `typeof settings` of the app, for typed values: `useSettings<typeof settings>()`.
 */
export const useSettings = <
  S extends { readonly organization?: SettingsFields; readonly user?: SettingsFields } = {
    organization: SettingsFields
    user: SettingsFields
  },
>(): SettingsOf<S> =>
  // The product checks values against the schema of the same manifest before it stores them.
  useSession('useSettings').settings as unknown as SettingsOf<S>
