import type { ApiKeyStore, DeveloperAccountStore } from '../storage'
import { ensure, insert, keyOf, type Tables } from './tables'
import { oldestPage } from './take-page'

export const createMemoryAccounts = (tables: Tables): DeveloperAccountStore => ({
  async create(account, ownerUserId) {
    ensure(
      ![...tables.accounts.values()].some(({ slug }) => slug === account.slug),
      `The developer account slug ${account.slug} is taken. Choose another.`,
    )
    insert(tables.accounts, account, 'a developer account')
    tables.members.set(keyOf(account.id, ownerUserId), { accountId: account.id, userId: ownerUserId, role: 'owner' })
    return structuredClone(account)
  },
  async get(id) {
    return structuredClone(tables.accounts.get(id) ?? null)
  },
  async listForUser(userId, page) {
    return oldestPage('accounts', tables.accounts, page, ({ id }) => tables.members.has(keyOf(id, userId)))
  },
  async setMember(accountId, userId, role) {
    ensure(tables.accounts.has(accountId), `There is no developer account ${accountId} to add a member to.`)
    tables.members.set(keyOf(accountId, userId), { accountId, userId, role })
  },
  async roleOf(accountId, userId) {
    return tables.members.get(keyOf(accountId, userId))?.role ?? null
  },
})

export const createMemoryApiKeys = (tables: Tables): ApiKeyStore => ({
  async create(key) {
    ensure(tables.accounts.has(key.developerAccountId), `There is no developer account ${key.developerAccountId}.`)
    ensure(
      ![...tables.apiKeys.values()].some(({ keyHash }) => keyHash === key.keyHash),
      'There is already an API key with this hash.',
    )
    insert(tables.apiKeys, key, 'an API key')
    return structuredClone(key)
  },
  async findByHash(hash) {
    const found = [...tables.apiKeys.values()].find(({ keyHash, revokedAt }) => keyHash === hash && revokedAt === null)
    return structuredClone(found ?? null)
  },
  async list(accountId, page) {
    return oldestPage('api-keys', tables.apiKeys, page, (key) => key.developerAccountId === accountId)
  },
  async revoke(accountId, id, at) {
    const key = tables.apiKeys.get(id)
    if (key?.developerAccountId !== accountId) return null
    const revoked = { ...key, revokedAt: key.revokedAt ?? at }
    tables.apiKeys.set(id, revoked)
    return structuredClone(revoked)
  },
})
