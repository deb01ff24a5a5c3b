import type { ExtensionRequests, HostContext } from '@souk/extension-sdk/protocol'
import { createContext, useContext } from 'react'
import type { SoukClient } from './api/souk-client'
import { HostError } from './host-error'
import type { Registry } from './registry/create-registry'

/** What a product may put behind a scope. */
export type ScopedService =
  | 'navigate'
  | 'openRecord'
  | 'openUrl'
  | 'showToast'
  | 'confirm'
  | 'openDialog'
  | 'connectAccount'

/** What the product does for its extensions, and for the marketplace. What is absent answers the extension with `METHOD_NOT_FOUND`. */
export interface HostServices {
  /** Goes to a path inside the product, such as `/tickets/7`. */
  navigate?(path: string): void
  openRecord?(record: { readonly recordType: string; readonly recordId: string }): void
  /** Opens an https:, mailto: or tel: URL. Without it, a new tab without an opener. */
  openUrl?(url: string): void
  /**
   * Has the user connect an account that an app lacks, in a screen of the product. Resolves with whether it is connected now. Without it,
   * an account with OAuth is connected in a new window, and others in the marketplace.
   */
  connectAccount?(request: AccountRequest, signal: AbortSignal): Promise<boolean>
  /** Without it, toasts are drawn with the registry's `chrome.Toasts`. */
  showToast?(toast: ExtensionRequests['show-toast']['payload']): void
  /**
   * The scope without which an extension may not use a service, such as `{ openRecord: 'tickets:read' }`: it must have asked for it, and an
   * admin must have granted it. What is not named needs none.
   */
  readonly scopes?: Readonly<Partial<Record<ScopedService, string>>>
}

/** Which account of which installation. */
export interface AccountRequest {
  readonly installationId: string
  /** The id of the connection's definition. */
  readonly connection: string
  /** One to connect again. */
  readonly connectionId?: string
}

export interface Souk {
  readonly client: SoukClient
  readonly registry: Registry
  readonly context: HostContext
  readonly services: HostServices
}

export const SoukContext = createContext<Souk | null>(null)

/**
 * The client, registry, context and services of the nearest `SoukProvider`.
 *
 * @throws {HostError} `PROVIDER_MISSING` outside of one.
 */
export const useSouk = (): Souk => {
  const souk = useContext(SoukContext)
  if (!souk)
    throw new HostError(
      'PROVIDER_MISSING',
      'A Souk component was rendered outside of SoukProvider, which holds its client and registry. ' +
        'Put <SoukProvider client registry context services> around it.',
    )
  return souk
}
