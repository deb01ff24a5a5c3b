import type { ApiKeyInfo, DeveloperAccount, NewApiKey, Page } from '@souk/extension-sdk/protocol'
import { createApiKey, hashApiKey } from '../crypto/api-key'
import { createId } from '../crypto/create-id'
import { type Actor, ANONYMOUS, type ApiKeyActor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { ApiKeyRecord, DeveloperAccountRecord, PageOf, PageRequest } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { authorizeAccount } from './developer-access'
import { orConflict, requireUser, type ServiceContext } from './service-context'
import { toDeveloperAccount } from './to-api'

const toApiKeyInfo = ({ id, name, createdAt, revokedAt }: ApiKeyRecord): ApiKeyInfo => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
})

/** Developer accounts and the keys of their command lines. */
export const createDeveloperAccountService = (context: ServiceContext) => {
  const { storage, now } = context

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

    async createKey(actor: Actor, accountId: string, name: string): Promise<NewApiKey> {
      const userId = await authorizeAccount(context, actor, 'api-key.create', accountId)
      const key = createApiKey()
      const record = await storage.apiKeys.create({
        id: createId(),
        developerAccountId: accountId,
        userId,
        name,
        keyHash: hashApiKey(key),
        createdAt: now(),
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
      return { id: record.id, name, key }
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

    /** Who a key stands for; anonymous when there is no such key. */
    async actorOfKey(key: string): Promise<ApiKeyActor | typeof ANONYMOUS> {
      const record = await storage.apiKeys.findByHash(hashApiKey(key))
      return record
        ? { kind: 'api-key', userId: record.userId, developerAccountId: record.developerAccountId }
        : ANONYMOUS
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
