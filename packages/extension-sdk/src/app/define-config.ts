import type { AppListing } from '../protocol/api'
import type { EgressRule, ScopeRequest } from '../protocol/manifest'

/** What `souk.config.ts` says about an app: who it is, what it asks for, and how the marketplace shows it. */
export interface SoukConfig {
  /** The app's slug, such as `order-lookup`. */
  readonly id: string
  /** What the app may do to the product's data, and why. The admin who installs it grants them. */
  readonly scopes?: readonly ScopeRequest[]
  readonly egress?: {
    /** Hosts that server functions may reach over https, and why. */
    readonly server?: readonly EgressRule[]
  }
  readonly listing?: Partial<AppListing>
}

/** Checks a configuration while you write it and gives it back unchanged. */
export const defineConfig = <const C extends SoukConfig>(config: C): C => config
