import {
  API_KEY_SCOPES,
  type ApiKeyInfo,
  type ApiKeyScope,
  type DeveloperAccount,
  type NewApiKey,
  type Page,
} from '@souk/extension-sdk/protocol'
import { createApiKey, hashApiKey, isApiKey } from '../crypto/api-key'
import { createId } from '../crypto/create-id'
import { type Actor, ANONYMOUS, type ApiKeyActor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { ApiKeyRecord, DeveloperAccountRecord, PageOf, PageRequest } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { authorizeAccount } from './developer-access'
import { orConflict, requireUser, type ServiceContext } from './service-context'
import { toDeveloperAccount } from './to-api'

const toApiKeyInfo = (key: ApiKeyRecord): ApiKeyInfo => ({
  id: key.id,
  developerAccountId: key.developerAccountId,
  userId: key.userId,
  name: key.name,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
})

const DAY_MS = 86_400_000

export interface NewKeyInput {
  readonly name: string
  readonly scopes?: readonly ApiKeyScope[] | undefined
  readonly expiresInDays?: number | undefined
}

const toKeyActor = ({ userId, developerAccountId, scopes }: ApiKeyRecord): ApiKeyActor => ({
  kind: 'api-key',
  userId,
  developerAccountId,
  scopes,
})

/** Developer accounts and the keys of their command lines. */
export const createDeveloperAccountService = (context: ServiceContext) => {
  const { storage, now } = context

  const auditOwnRevoke = (actor: Actor, { id, developerAccountId, revokedAt }: ApiKeyRecord): Promise<void> =>
    audit(
      context,
      actor,
      'own-key.revoke',
      { type: 'api-key', id, developerAccountId },
      changedFields(null, { revokedAt }),
    )

  return {
    async create(
      actor: Actor,
      input: { readonly slug: string; readonly title: string; readonly logoUrl?: string | null | undefined },
    ): Promise<DeveloperAccount> {
      authorize(actor, 'developer-account.create', { type: 'platform' })
      const { userId } = requireUser(actor)
      const record: DeveloperAccountRecord = {
        id: createId(),
        slug: input.slug,
        title: input.title,
        logoUrl: input.logoUrl ?? null,
        featureFlags: [],
        createdAt: now(),
      }
      const account = await orConflict(
        storage.developerAccounts.create(record, userId),
        `A developer account named ${input.slug} exists already. Choose another slug.`,
      )
      await audit(
        context,
        actor,
        'developer-account.create',
        { type: 'developer-account', id: account.id, developerAccountId: account.id },
        changedFields(null, { slug: account.slug, title: account.title, logoUrl: account.logoUrl, owner: userId }),
      )
      return toDeveloperAccount(account)
    },

    async list(actor: Actor, page: PageRequest): Promise<Page<DeveloperAccount>> {
      authorize(actor, 'developer-account.list', { type: 'platform' })
      const { items, nextCursor } = await listAccounts(context, actor, page)
      return { items: items.map(toDeveloperAccount), nextCursor }
    },

    async createKey(actor: Actor, accountId: string, { name, scopes, expiresInDays }: NewKeyInput): Promise<NewApiKey> {
      const userId = await authorizeAccount(context, actor, 'api-key.create', accountId)
      const key = createApiKey()
      const createdAt = now()
      const expiresAt = expiresInDays === undefined ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS)
      const record = await storage.apiKeys.create({
        id: createId(),
        developerAccountId: accountId,
        userId,
        name,
        scopes: scopes ?? API_KEY_SCOPES,
        keyHash: hashApiKey(key),
        createdAt,
        expiresAt,
        revokedAt: null,
      })
      await audit(
        context,
        actor,
        'api-key.create',
        { type: 'api-key', id: record.id, developerAccountId: accountId },
        // Neither the key nor its hash.
        changedFields(null, { name, userId }),
      )
      return { id: record.id, name, key, expiresAt: expiresAt?.toISOString() ?? null }
    },

    async listKeys(actor: Actor, accountId: string, page: PageRequest): Promise<Page<ApiKeyInfo>> {
      await authorizeAccount(context, actor, 'api-key.list', accountId)
      const { items, nextCursor } = await storage.apiKeys.list(accountId, page)
      return { items: items.map(toApiKeyInfo), nextCursor }
    },

    async revokeKey(actor: Actor, accountId: string, keyId: string): Promise<ApiKeyInfo> {
      await authorizeAccount(context, actor, 'api-key.revoke', accountId)
      const key = await storage.apiKeys.revoke(accountId, keyId, now())
      if (!key) throw notFound('API key')
      await audit(
        context,
        actor,
        'api-key.revoke',
        { type: 'api-key', id: keyId, developerAccountId: accountId },
        changedFields(null, { revokedAt: key.revokedAt }),
      )
      return toApiKeyInfo(key)
    },

    /** The keys that act for the user, whichever account they are of. */
    async listOwnKeys(actor: Actor, page: PageRequest): Promise<Page<ApiKeyInfo>> {
      authorize(actor, 'own-key.list', { type: 'platform' })
      const { items, nextCursor } = await storage.apiKeys.listForUser(requireUser(actor).userId, page)
      return { items: items.map(toApiKeyInfo), nextCursor }
    },

    async revokeOwnKey(actor: Actor, keyId: string): Promise<ApiKeyInfo> {
      authorize(actor, 'own-key.revoke', { type: 'platform' })
      const key = await storage.apiKeys.revokeOfUser(requireUser(actor).userId, keyId, now())
      if (!key) throw notFound('API key')
      await auditOwnRevoke(actor, key)
      return toApiKeyInfo(key)
    },

    /** Revokes the key itself: who holds it may always give it up. What is no key is as good as revoked. */
    async revokeToken(token: string): Promise<Record<never, never>> {
      const key = isApiKey(token) ? await storage.apiKeys.findByHash(hashApiKey(token)) : null
      if (!key) return {}
      const revoked = await storage.apiKeys.revokeByHash(key.keyHash, now())
      if (revoked) await auditOwnRevoke(toKeyActor(key), revoked)
      return {}
    },

    /** Who a key stands for; anonymous when there is no such key, or its time is over. */
    async actorOfKey(key: string): Promise<ApiKeyActor | typeof ANONYMOUS> {
      const record = await storage.apiKeys.findByHash(hashApiKey(key))
      return record && (record.expiresAt === null || record.expiresAt > now()) ? toKeyActor(record) : ANONYMOUS
    },
  }
}

/** The accounts of the actor: all of a user's, the one of a key. */
export const listAccounts = async (
  { storage }: ServiceContext,
  actor: Actor,
  page: PageRequest,
): Promise<PageOf<DeveloperAccountRecord>> => {
  if (actor.kind === 'user') return storage.developerAccounts.listForUser(actor.userId, page)
  if (actor.kind === 'anonymous') return { items: [], nextCursor: null }
  const [account, role] = await Promise.all([
    storage.developerAccounts.get(actor.developerAccountId),
    storage.developerAccounts.roleOf(actor.developerAccountId, actor.userId),
  ])
  // The key of somebody who left the account lists nothing.
  return { items: account && role ? [account] : [], nextCursor: null }
}
