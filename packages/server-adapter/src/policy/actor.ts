import type { ApiKeyScope } from '@souk/extension-sdk/protocol'

/** Who asks. Made by the HTTP layer from the product's session or from an API key; services never look at requests. */
export type Actor = AnonymousActor | UserActor | ApiKeyActor

export interface AnonymousActor {
  readonly kind: 'anonymous'
}

export interface UserActor {
  readonly kind: 'user'
  readonly userId: string
  readonly organizationId: string
  readonly role: 'admin' | 'member'
  readonly reviewer: boolean
  readonly name?: string
  /** As the product knows it, in lower case. */
  readonly email?: string
}

/** A developer's command line. It acts for a user, but only on one developer account, and in no organization. */
export interface ApiKeyActor {
  readonly kind: 'api-key'
  readonly userId: string
  readonly developerAccountId: string
  readonly scopes: readonly ApiKeyScope[]
}

export const ANONYMOUS: AnonymousActor = { kind: 'anonymous' }
