import type {
  DeveloperMember,
  Invitation,
  NewInvitation,
  NewMember,
  Page,
  ReceivedInvitation,
} from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import { createToken, hashToken } from '../crypto/token'
import { type Actor, authorize } from '../policy'
import { invalidInput, notFound, SoukError } from '../souk-error'
import type {
  DeveloperAccountRecord,
  DeveloperMemberRecord,
  DeveloperRole,
  InvitationRecord,
  PageRequest,
} from '../storage'
import { audit, type Changes } from './audit'
import { changedFields } from './changed-fields'
import { authorizeAccount } from './developer-access'
import { orConflict, requireUser, type ServiceContext } from './service-context'
import { toDeveloperAccount } from './to-api'

/** What the product needs to bring an invitation to who is invited. */
export interface InvitationToDeliver {
  readonly invitation: Invitation
  readonly account: { readonly id: string; readonly slug: string; readonly title: string }
  /** Opens the invitation, once. Put it into a link to a page of the product, after a `#`, so that no log keeps it. */
  readonly token: string
}

export type OnInvitation = (delivery: InvitationToDeliver) => Promise<void> | void

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 7

const LAST_OWNER = 'The account would have no owner. Make somebody else an owner first.'

const toMember = ({ userId, role, joinedAt }: DeveloperMemberRecord): DeveloperMember => ({
  userId,
  role,
  joinedAt: joinedAt.toISOString(),
})

const statusAt = ({ status, expiresAt }: InvitationRecord, now: Date): Invitation['status'] =>
  status === 'pending' && expiresAt <= now ? 'expired' : status

const toInvitation = (record: InvitationRecord, now: Date): Invitation => ({
  id: record.id,
  email: record.email,
  userId: record.userId,
  role: record.role,
  status: statusAt(record, now),
  invitedBy: record.invitedBy,
  createdAt: record.createdAt.toISOString(),
  expiresAt: record.expiresAt.toISOString(),
  answeredBy: record.answeredBy,
  answeredAt: record.answeredAt?.toISOString() ?? null,
})

const toReceived = (record: InvitationRecord, account: DeveloperAccountRecord, now: Date): ReceivedInvitation => ({
  account: toDeveloperAccount(account),
  role: record.role,
  invitedBy: record.invitedBy,
  status: statusAt(record, now),
  expiresAt: record.expiresAt.toISOString(),
})

const stateOf = ({ status, answeredBy }: InvitationRecord) => ({ status, answeredBy })

/** Who belongs to a developer account, and who is asked to. */
export const createMemberService = (context: ServiceContext) => {
  const { storage, now, onInvitation, onError } = context

  /** Owners are touched by owners alone, whatever else an admin may do. */
  const authorizeOver = async (
    actor: Actor,
    action: 'member.change-role' | 'member.remove' | 'invitation.create',
    accountId: string,
    roles: readonly (DeveloperRole | null)[],
  ): Promise<void> => {
    await authorizeAccount(context, actor, action, accountId)
    if (roles.includes('owner')) await authorizeAccount(context, actor, 'member.set-owner', accountId)
  }

  const remove = async (accountId: string, userId: string, from: DeveloperRole | null): Promise<DeveloperMember> => {
    if (from === null) throw notFound('member')
    const removal = storage.developerAccounts.removeMember(accountId, userId, { from, at: now() })
    const removed = await orConflict(removal, LAST_OWNER)
    if (!removed) throw changedMeanwhile()
    return toMember(removed)
  }

  // What was decided about one role does not hold for another.
  const changedMeanwhile = () =>
    new SoukError('CONFLICT', 'Somebody changed this member just now. Load the members again and try once more.')

  const auditMember = (
    actor: Actor,
    action: 'member.change-role' | 'member.remove' | 'member.leave',
    accountId: string,
    userId: string,
    changes: Changes,
  ): Promise<void> => {
    const id = `${accountId}/${userId}`
    return audit(context, actor, action, { type: 'developer-member', id, developerAccountId: accountId }, changes)
  }

  const auditInvitation = (
    actor: Actor,
    action: 'invitation.create' | 'invitation.revoke' | 'invitation.answer',
    { id, developerAccountId }: InvitationRecord,
    changes: Changes,
  ): Promise<void> => audit(context, actor, action, { type: 'invitation', id, developerAccountId }, changes)

  /** The invitation of a token and its account, if it is the actor's to see. */
  const received = async (actor: Actor, token: string) => {
    authorize(actor, 'invitation.answer', { type: 'platform' })
    const { userId, email } = requireUser(actor)
    const record = await storage.invitations.findByToken(hashToken(token))
    // A token that went astray opens nothing for somebody else. Whose address it is, only the product can say.
    const isAddressee =
      record !== null &&
      (record.userId === null
        ? email === undefined || record.email === null || email === record.email
        : record.userId === userId)
    const account = isAddressee && (await storage.developerAccounts.get(record.developerAccountId))
    if (!account) throw notFound('invitation')
    return { record, account, userId }
  }

  const noLongerOpen = () =>
    new SoukError('CONFLICT', 'The invitation was answered or revoked, or its time is over. Ask for a new one.')

  return {
    async list(actor: Actor, accountId: string, page: PageRequest): Promise<Page<DeveloperMember>> {
      await authorizeAccount(context, actor, 'member.list', accountId)
      const { items, nextCursor } = await storage.developerAccounts.listMembers(accountId, page)
      return { items: items.map(toMember), nextCursor }
    },

    async changeRole(actor: Actor, accountId: string, userId: string, role: DeveloperRole): Promise<DeveloperMember> {
      const before = await storage.developerAccounts.roleOf(accountId, userId)
      await authorizeOver(actor, 'member.change-role', accountId, [before, role])
      if (before === null) throw notFound('member')
      const change = storage.developerAccounts.changeRole(accountId, userId, { from: before, to: role, at: now() })
      const changed = await orConflict(change, LAST_OWNER)
      if (!changed) throw changedMeanwhile()
      const changes = changedFields({ role: before }, { role: changed.role })
      await auditMember(actor, 'member.change-role', accountId, userId, changes)
      return toMember(changed)
    },

    async remove(actor: Actor, accountId: string, userId: string): Promise<DeveloperMember> {
      const role = await storage.developerAccounts.roleOf(accountId, userId)
      await authorizeOver(actor, 'member.remove', accountId, [role])
      const removed = await remove(accountId, userId, role)
      await auditMember(actor, 'member.remove', accountId, userId, changedFields({ role: removed.role }, null))
      return removed
    },

    async leave(actor: Actor, accountId: string): Promise<DeveloperMember> {
      const userId = await authorizeAccount(context, actor, 'member.leave', accountId)
      const left = await remove(accountId, userId, await storage.developerAccounts.roleOf(accountId, userId))
      await auditMember(actor, 'member.leave', accountId, userId, changedFields({ role: left.role }, null))
      return left
    },

    async invite(actor: Actor, accountId: string, input: NewMember): Promise<NewInvitation> {
      await authorizeOver(actor, 'invitation.create', accountId, [input.role])
      const email = input.email?.toLowerCase() ?? null
      const userId = input.userId ?? null
      if ((email === null) === (userId === null))
        throw invalidInput('An invitation is for one person. Send either `email` or `userId`.')
      const account = await storage.developerAccounts.get(accountId)
      if (!account) throw notFound('developer account')
      if (userId !== null && (await storage.developerAccounts.roleOf(accountId, userId)) !== null)
        throw new SoukError('CONFLICT', 'This user is a member already. Change the role instead.')
      const token = createToken()
      const createdAt = now()
      const record = await orConflict(
        storage.invitations.create({
          id: createId(),
          developerAccountId: accountId,
          email,
          userId,
          role: input.role,
          tokenHash: hashToken(token),
          invitedBy: requireUser(actor).userId,
          createdAt,
          expiresAt: new Date(createdAt.getTime() + (input.expiresInDays ?? DEFAULT_DAYS) * DAY_MS),
          status: 'pending',
          answeredBy: null,
          answeredAt: null,
        }),
        'Somebody invites the same person just now. Look at the list of invitations.',
      )
      const { role, expiresAt } = record
      // Neither the token nor its hash.
      await auditInvitation(actor, 'invitation.create', record, changedFields(null, { email, userId, role, expiresAt }))
      const invitation = toInvitation(record, createdAt)
      try {
        await onInvitation?.({ invitation, account: toDeveloperAccount(account), token })
      } catch (error) {
        // The invitation stands, and the answer carries its token.
        onError(error, {})
      }
      return { ...invitation, token }
    },

    async listInvitations(actor: Actor, accountId: string, page: PageRequest): Promise<Page<Invitation>> {
      await authorizeAccount(context, actor, 'invitation.list', accountId)
      const { items, nextCursor } = await storage.invitations.list(accountId, page)
      const at = now()
      return { items: items.map((record) => toInvitation(record, at)), nextCursor }
    },

    async revokeInvitation(actor: Actor, accountId: string, id: string): Promise<Invitation> {
      const by = await authorizeAccount(context, actor, 'invitation.revoke', accountId)
      const before = await storage.invitations.get(accountId, id)
      if (!before) throw notFound('invitation')
      const revoked = await storage.invitations.answer(id, { status: 'revoked', by, at: now() })
      if (!revoked) throw noLongerOpen()
      await auditInvitation(actor, 'invitation.revoke', revoked, changedFields(stateOf(before), stateOf(revoked)))
      return toInvitation(revoked, now())
    },

    async readInvitation(actor: Actor, token: string): Promise<ReceivedInvitation> {
      const { record, account } = await received(actor, token)
      return toReceived(record, account, now())
    },

    async acceptInvitation(actor: Actor, token: string): Promise<ReceivedInvitation> {
      const { record, account, userId } = await received(actor, token)
      const accepted = await orConflict(
        storage.invitations.accept(record.id, userId, now()),
        'You are a member of this developer account already.',
      )
      if (!accepted) throw noLongerOpen()
      await auditInvitation(actor, 'invitation.answer', accepted, changedFields(stateOf(record), stateOf(accepted)))
      return toReceived(accepted, account, now())
    },

    async declineInvitation(actor: Actor, token: string): Promise<ReceivedInvitation> {
      const { record, account, userId } = await received(actor, token)
      const declined = await storage.invitations.answer(record.id, { status: 'declined', by: userId, at: now() })
      if (!declined) throw noLongerOpen()
      await auditInvitation(actor, 'invitation.answer', declined, changedFields(stateOf(record), stateOf(declined)))
      return toReceived(declined, account, now())
    },
  }
}
