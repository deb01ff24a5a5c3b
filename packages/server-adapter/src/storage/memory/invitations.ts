import type { InvitationRecord } from '../records'
import type { InvitationStore } from '../storage'
import { ensure, insert, keyOf, type Tables } from './tables'
import { newestPage } from './take-page'

const isSamePerson = (a: InvitationRecord, b: InvitationRecord): boolean =>
  a.developerAccountId === b.developerAccountId && a.userId === b.userId && a.email === b.email

export const createMemoryInvitations = (tables: Tables): InvitationStore => ({
  async create(invitation) {
    ensure(
      tables.accounts.has(invitation.developerAccountId),
      `There is no developer account ${invitation.developerAccountId}.`,
    )
    ensure(
      (invitation.email === null) !== (invitation.userId === null),
      'An invitation is for an address or for a user.',
    )
    ensure(
      ![...tables.invitations.values()].some(({ tokenHash }) => tokenHash === invitation.tokenHash),
      'There is already an invitation with this token.',
    )
    const before = [...tables.invitations.values()].find(
      (other) => other.status === 'pending' && isSamePerson(other, invitation),
    )
    insert(tables.invitations, invitation, 'an invitation')
    if (before)
      tables.invitations.set(before.id, {
        ...before,
        status: 'revoked',
        answeredBy: invitation.invitedBy,
        answeredAt: invitation.createdAt,
      })
    return structuredClone(invitation)
  },
  async findByToken(tokenHash) {
    const found = [...tables.invitations.values()].find((invitation) => invitation.tokenHash === tokenHash)
    return structuredClone(found ?? null)
  },
  async get(accountId, id) {
    const invitation = tables.invitations.get(id)
    return invitation?.developerAccountId === accountId ? structuredClone(invitation) : null
  },
  async list(accountId, page) {
    return newestPage(
      'invitations',
      tables.invitations,
      page,
      ({ developerAccountId }) => developerAccountId === accountId,
    )
  },
  async accept(id, userId, at) {
    const invitation = tables.invitations.get(id)
    if (invitation?.status !== 'pending' || invitation.expiresAt <= at) return null
    const { developerAccountId: accountId, role } = invitation
    ensure(!tables.members.has(keyOf(accountId, userId)), 'The user is a member of the account already.')
    tables.members.set(keyOf(accountId, userId), { accountId, userId, role, joinedAt: at })
    const accepted = { ...invitation, status: 'accepted', answeredBy: userId, answeredAt: at } as const
    tables.invitations.set(id, accepted)
    return structuredClone(accepted)
  },
  async answer(id, { status, by, at }) {
    const invitation = tables.invitations.get(id)
    if (invitation?.status !== 'pending') return null
    const answered = { ...invitation, status, answeredBy: by, answeredAt: at }
    tables.invitations.set(id, answered)
    return structuredClone(answered)
  },
})
