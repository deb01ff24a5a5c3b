import assert from 'node:assert/strict'
import type { DeveloperRole, Storage } from '../../storage'
import { race, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleAccount, sampleInvitation, sampleKey } from '../storage-fixtures'

const join = async (storage: Storage, accountId: string, role: DeveloperRole, userId = newId()): Promise<string> => {
  const { id } = await storage.invitations.create(sampleInvitation(accountId, { userId, role }))
  assert.ok(await storage.invitations.accept(id, userId, at(1)), 'a pending invitation is accepted')
  return userId
}

const makeAccount = async (storage: Storage) => {
  const owner = newId()
  return { owner, account: await storage.developerAccounts.create(sampleAccount(), owner) }
}

const rolesOf = async (storage: Storage, accountId: string) =>
  Object.fromEntries(
    (await storage.developerAccounts.listMembers(accountId, { limit: 100 })).items.map(({ userId, role }) => [
      userId,
      role,
    ]),
  )

export const memberCases: StorageCases = {
  'an accepted invitation makes a member, once': async (storage) => {
    const { owner, account } = await makeAccount(storage)
    const user = newId()
    const invitation = sampleInvitation(account.id, { userId: user, role: 'admin' })
    assert.deepEqual(await storage.invitations.create(invitation), invitation)
    assert.deepEqual(await storage.invitations.findByToken(invitation.tokenHash), invitation)
    assert.deepEqual(await storage.invitations.get(account.id, invitation.id), invitation)
    assert.equal(await storage.invitations.get(newId(), invitation.id), null)
    const accepted = await storage.invitations.accept(invitation.id, user, at(5))
    assert.deepEqual(accepted, { ...invitation, status: 'accepted', answeredBy: user, answeredAt: at(5) })
    assert.deepEqual((await storage.developerAccounts.listMembers(account.id, { limit: 100 })).items.toSorted(byRole), [
      { userId: user, role: 'admin', joinedAt: at(5) },
      { userId: owner, role: 'owner', joinedAt: account.createdAt },
    ])
    assert.equal(await storage.invitations.accept(invitation.id, newId(), at(6)), null)
    assert.equal(await storage.invitations.answer(invitation.id, { status: 'declined', by: user, at: at(6) }), null)
    assert.deepEqual(await storage.invitations.findByToken(invitation.tokenHash), accepted)
    assert.equal(await storage.invitations.findByToken(newId()), null)
  },

  'an invitation opens nothing from its last moment on, nor after it was declined or revoked': async (storage) => {
    const { account } = await makeAccount(storage)
    const late = await storage.invitations.create(sampleInvitation(account.id, { expiresAt: at(10) }))
    assert.equal(await storage.invitations.accept(late.id, newId(), at(10)), null)
    for (const status of ['declined', 'revoked'] as const) {
      const { id } = await storage.invitations.create(sampleInvitation(account.id))
      const answered = await storage.invitations.answer(id, { status, by: 'grace', at: at(3) })
      assert.deepEqual([answered?.status, answered?.answeredBy, answered?.answeredAt], [status, 'grace', at(3)])
      assert.equal(await storage.invitations.accept(id, newId(), at(4)), null)
    }
    assert.equal(Object.keys(await rolesOf(storage, account.id)).length, 1)
  },

  'who is a member already accepts nothing, and the invitation stays open': async (storage) => {
    const { account, owner } = await makeAccount(storage)
    const invitation = await storage.invitations.create(
      sampleInvitation(account.id, { userId: null, email: 'x@example.com' }),
    )
    await refuses('CONFLICT', storage.invitations.accept(invitation.id, owner, at(1)))
    assert.deepEqual(await storage.invitations.get(account.id, invitation.id), invitation)
    assert.equal(await storage.developerAccounts.roleOf(account.id, owner), 'owner')
  },

  'a second invitation of the same person revokes the first': async (storage) => {
    const { account } = await makeAccount(storage)
    const [user, email] = [newId(), `${newId()}@example.com`]
    for (const person of [
      { userId: user, email: null },
      { userId: null, email },
    ]) {
      const first = await storage.invitations.create(sampleInvitation(account.id, person))
      const second = await storage.invitations.create(
        sampleInvitation(account.id, { ...person, invitedBy: 'grace', createdAt: at(7) }),
      )
      assert.deepEqual(await storage.invitations.get(account.id, first.id), {
        ...first,
        status: 'revoked',
        answeredBy: 'grace',
        answeredAt: at(7),
      })
      assert.deepEqual(await storage.invitations.get(account.id, second.id), second)
    }
    await refuses('CONFLICT', storage.invitations.create(sampleInvitation(newId())))
    await refuses('CONFLICT', storage.invitations.create(sampleInvitation(account.id, { email, userId: user })))
    await refuses('CONFLICT', storage.invitations.create(sampleInvitation(account.id, { email: null, userId: null })))
  },

  'of several who accept one invitation at once one becomes a member': async (storage) => {
    const { account } = await makeAccount(storage)
    const { id } = await storage.invitations.create(
      sampleInvitation(account.id, { userId: null, email: 'x@example.com' }),
    )
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => storage.invitations.accept(id, newId(), at(1))))
    assert.equal(outcomes.filter((outcome) => outcome !== null).length, 1)
    assert.equal(Object.keys(await rolesOf(storage, account.id)).length, 2)
  },

  'a role is changed only from the one that was read': async (storage) => {
    const { account } = await makeAccount(storage)
    const user = await join(storage, account.id, 'member')
    const { changeRole, removeMember } = storage.developerAccounts
    assert.deepEqual(await changeRole(account.id, user, { from: 'member', to: 'admin', at: at(2) }), {
      userId: user,
      role: 'admin',
      joinedAt: at(1),
    })
    assert.equal(await changeRole(account.id, user, { from: 'member', to: 'owner', at: at(2) }), null)
    assert.equal(await changeRole(account.id, newId(), { from: 'member', to: 'owner', at: at(2) }), null)
    assert.equal(await removeMember(account.id, user, { from: 'member', at: at(2) }), null)
    assert.equal(await storage.developerAccounts.roleOf(account.id, user), 'admin')
  },

  'the last owner of an account stays one': async (storage) => {
    const { account, owner } = await makeAccount(storage)
    const second = await join(storage, account.id, 'owner')
    const { changeRole, removeMember } = storage.developerAccounts
    assert.ok(await changeRole(account.id, second, { from: 'owner', to: 'member', at: at(2) }))
    await refuses('CONFLICT', changeRole(account.id, owner, { from: 'owner', to: 'admin', at: at(2) }))
    await refuses('CONFLICT', removeMember(account.id, owner, { from: 'owner', at: at(2) }))
    assert.deepEqual(await rolesOf(storage, account.id), { [owner]: 'owner', [second]: 'member' })
    assert.ok(await changeRole(account.id, second, { from: 'member', to: 'owner', at: at(3) }))
    assert.ok(await removeMember(account.id, owner, { from: 'owner', at: at(3) }))
    assert.deepEqual(await rolesOf(storage, account.id), { [second]: 'owner' })
  },

  'of owners who leave at once one stays': async (storage) => {
    const { account, owner } = await makeAccount(storage)
    const owners = [owner]
    for (let i = 0; i < 3; i++) owners.push(await join(storage, account.id, 'owner'))
    const { conflicts } = await race(
      owners.map((user, index) =>
        index % 2 === 0
          ? storage.developerAccounts.removeMember(account.id, user, { from: 'owner', at: at(2) })
          : storage.developerAccounts.changeRole(account.id, user, { from: 'owner', to: 'member', at: at(2) }),
      ),
    )
    assert.equal(conflicts, 1)
    const roles = Object.values(await rolesOf(storage, account.id))
    assert.equal(roles.filter((role) => role === 'owner').length, 1)
  },

  'who leaves or gets another role leaves no key and no invitation behind': async (storage) => {
    const { account, owner } = await makeAccount(storage)
    const other = await storage.developerAccounts.create(sampleAccount(), owner)
    const user = await join(storage, account.id, 'admin')
    const [invited, kept] = [
      await storage.invitations.create(sampleInvitation(account.id, { invitedBy: user })),
      await storage.invitations.create(sampleInvitation(other.id, { invitedBy: user })),
    ]
    await storage.developerAccounts.changeRole(account.id, user, { from: 'admin', to: 'member', at: at(2) })
    assert.equal((await storage.invitations.get(account.id, invited.id))?.status, 'revoked')
    assert.equal((await storage.invitations.get(other.id, kept.id))?.status, 'pending')

    const again = await storage.invitations.create(sampleInvitation(account.id, { invitedBy: user }))
    const key = await storage.apiKeys.create(sampleKey(account.id, { userId: user }))
    const ownersKey = await storage.apiKeys.create(sampleKey(account.id, { userId: owner }))
    const keyElsewhere = await storage.apiKeys.create(sampleKey(other.id, { userId: user }))
    assert.deepEqual(await storage.developerAccounts.removeMember(account.id, user, { from: 'member', at: at(4) }), {
      userId: user,
      role: 'member',
      joinedAt: at(1),
    })
    assert.equal((await storage.invitations.get(account.id, again.id))?.status, 'revoked')
    assert.equal(await storage.apiKeys.findByHash(key.keyHash), null)
    assert.ok(await storage.apiKeys.findByHash(ownersKey.keyHash))
    assert.ok(await storage.apiKeys.findByHash(keyElsewhere.keyHash))
    assert.equal(await storage.developerAccounts.roleOf(account.id, user), null)
    assert.equal(await storage.developerAccounts.removeMember(account.id, user, { from: 'member', at: at(5) }), null)
  },
}

const byRole = (a: { readonly role: string }, b: { readonly role: string }): number => a.role.localeCompare(b.role)
