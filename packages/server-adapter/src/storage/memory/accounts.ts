import type { ApiKeyRecord, DeveloperMemberRecord } from '../records'
import type { ApiKeyStore, DeveloperAccountStore } from '../storage'
import { ensure, insert, keyOf, type Tables } from './tables'
import { oldestPage, takePage } from './take-page'

export const createMemoryAccounts = (tables: Tables): DeveloperAccountStore => ({
  async create(account, ownerUserId) {
    ensure(
      ![...tables.accounts.values()].some(({ slug }) => slug === account.slug),
      `The developer account slug ${account.slug} is taken. Choose another.`,
    )
    insert(tables.accounts, account, 'a developer account')
    tables.members.set(keyOf(account.id, ownerUserId), {
      accountId: account.id,
      userId: ownerUserId,
      role: 'owner',
      joinedAt: account.createdAt,
    })
    return structuredClone(account)
  },
  async get(id) {
    return structuredClone(tables.accounts.get(id) ?? null)
  },
  async listForUser(userId, page) {
    return oldestPage('accounts', tables.accounts, page, ({ id }) => tables.members.has(keyOf(id, userId)))
  },
  async roleOf(accountId, userId) {
    return tables.members.get(keyOf(accountId, userId))?.role ?? null
  },
  async listMembers(accountId, page) {
    const members = [...tables.members.values()].filter((member) => member.accountId === accountId)
    return takePage(
      'members',
      ['string'],
      members.map((member) => ({ key: [member.userId], item: toMember(member) })),
      page,
    )
  },
  async changeRole(accountId, userId, { from, to, at }) {
    const member = tables.members.get(keyOf(accountId, userId))
    if (member?.role !== from) return null
    if (from === 'owner' && to !== 'owner') ensureOtherOwner(tables, accountId, userId)
    revokeInvitationsBy(tables, accountId, userId, at)
    const changed = { ...member, role: to }
    tables.members.set(keyOf(accountId, userId), changed)
    return toMember(changed)
  },
  async removeMember(accountId, userId, { from, at }) {
    const member = tables.members.get(keyOf(accountId, userId))
    if (member?.role !== from) return null
    if (from === 'owner') ensureOtherOwner(tables, accountId, userId)
    tables.members.delete(keyOf(accountId, userId))
    for (const key of tables.apiKeys.values())
      if (key.developerAccountId === accountId && key.userId === userId && key.revokedAt === null)
        tables.apiKeys.set(key.id, { ...key, revokedAt: at })
    revokeInvitationsBy(tables, accountId, userId, at)
    return toMember(member)
  },
})

const revokeInvitationsBy = ({ invitations }: Tables, accountId: string, userId: string, at: Date): void => {
  for (const invitation of invitations.values())
    if (
      invitation.developerAccountId === accountId &&
      invitation.invitedBy === userId &&
      invitation.status === 'pending'
    )
      invitations.set(invitation.id, { ...invitation, status: 'revoked', answeredBy: userId, answeredAt: at })
}

const toMember = ({ userId, role, joinedAt }: DeveloperMemberRecord): DeveloperMemberRecord =>
  structuredClone({ userId, role, joinedAt })

const ensureOtherOwner = ({ members }: Tables, accountId: string, userId: string): void =>
  ensure(
    [...members.values()].some(
      (member) => member.accountId === accountId && member.role === 'owner' && member.userId !== userId,
    ),
    'The account would have no owner. Make somebody else an owner first.',
  )

export const insertApiKey = (tables: Tables, key: ApiKeyRecord): ApiKeyRecord => {
  ensure(tables.accounts.has(key.developerAccountId), `There is no developer account ${key.developerAccountId}.`)
  ensure(
    ![...tables.apiKeys.values()].some(({ keyHash }) => keyHash === key.keyHash),
    'There is already an API key with this hash.',
  )
  insert(tables.apiKeys, key, 'an API key')
  return structuredClone(key)
}

export const createMemoryApiKeys = (tables: Tables): ApiKeyStore => ({
  async create(key) {
    return insertApiKey(tables, key)
  },
  async findByHash(hash) {
    const found = [...tables.apiKeys.values()].find(({ keyHash, revokedAt }) => keyHash === hash && revokedAt === null)
    return structuredClone(found ?? null)
  },
  async list(accountId, page) {
    return oldestPage('api-keys', tables.apiKeys, page, (key) => key.developerAccountId === accountId)
  },
  async revoke(accountId, id, at) {
    return revoke(tables, at, (key) => key.id === id && key.developerAccountId === accountId)
  },
  async listForUser(userId, page) {
    return oldestPage('keys-of-user', tables.apiKeys, page, (key) => key.userId === userId)
  },
  async revokeOfUser(userId, id, at) {
    return revoke(tables, at, (key) => key.id === id && key.userId === userId)
  },
  async revokeByHash(keyHash, at) {
    return revoke(tables, at, (key) => key.keyHash === keyHash)
  },
})

const revoke = ({ apiKeys }: Tables, at: Date, matches: (key: ApiKeyRecord) => boolean): ApiKeyRecord | null => {
  const key = [...apiKeys.values()].find(matches)
  if (!key) return null
  const revoked = { ...key, revokedAt: key.revokedAt ?? at }
  apiKeys.set(key.id, revoked)
  return structuredClone(revoked)
}
