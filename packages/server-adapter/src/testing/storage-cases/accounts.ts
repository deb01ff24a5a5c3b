import assert from 'node:assert/strict'
import type { ApiKeyRecord } from '../../storage'
import { refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleAccount } from '../storage-fixtures'

const sampleKey = (developerAccountId: string): ApiKeyRecord => ({
  id: newId(),
  developerAccountId,
  userId: 'ada',
  name: 'CI',
  keyHash: newId(),
  createdAt: at(),
  revokedAt: null,
})

export const accountCases: StorageCases = {
  'a developer account is created with its first member, an owner': async (storage) => {
    const [owner, stranger] = [newId(), newId()]
    const account = sampleAccount()
    assert.deepEqual(await storage.developerAccounts.create(account, owner), account)
    assert.deepEqual(await storage.developerAccounts.get(account.id), account)
    assert.deepEqual((await storage.developerAccounts.listForUser(owner, { limit: 100 })).items, [account])
    assert.equal(await storage.developerAccounts.roleOf(account.id, owner), 'owner')
    assert.deepEqual((await storage.developerAccounts.listForUser(stranger, { limit: 100 })).items, [])
    assert.equal(await storage.developerAccounts.roleOf(account.id, stranger), null)
    assert.equal(await storage.developerAccounts.get(newId()), null)
  },

  'a taken account slug is a conflict and leaves nothing behind': async (storage) => {
    const account = sampleAccount()
    await storage.developerAccounts.create(account, newId())
    const [second, user] = [sampleAccount({ slug: account.slug }), newId()]
    await refuses('CONFLICT', storage.developerAccounts.create(second, user))
    assert.equal(await storage.developerAccounts.get(second.id), null)
    assert.deepEqual((await storage.developerAccounts.listForUser(user, { limit: 100 })).items, [])
  },

  'a member is added, and an existing one gets the new role': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const user = newId()
    await storage.developerAccounts.setMember(account.id, user, 'member')
    assert.equal(await storage.developerAccounts.roleOf(account.id, user), 'member')
    await storage.developerAccounts.setMember(account.id, user, 'admin')
    assert.equal(await storage.developerAccounts.roleOf(account.id, user), 'admin')
    assert.deepEqual((await storage.developerAccounts.listForUser(user, { limit: 100 })).items, [account])
    await refuses('CONFLICT', storage.developerAccounts.setMember(newId(), user, 'member'))
  },

  'an API key is found by its hash until it is revoked': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const key = sampleKey(account.id)
    assert.deepEqual(await storage.apiKeys.create(key), key)
    assert.deepEqual(await storage.apiKeys.findByHash(key.keyHash), key)
    assert.deepEqual(await storage.apiKeys.revoke(account.id, key.id, at(5)), { ...key, revokedAt: at(5) })
    assert.equal(await storage.apiKeys.findByHash(key.keyHash), null)
    assert.deepEqual((await storage.apiKeys.list(account.id, { limit: 100 })).items, [{ ...key, revokedAt: at(5) }])
    // The first revocation stays on record.
    assert.deepEqual((await storage.apiKeys.revoke(account.id, key.id, at(9)))?.revokedAt, at(5))
  },

  'an API key is not revoked through another account': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const other = await storage.developerAccounts.create(sampleAccount(), newId())
    const key = await storage.apiKeys.create(sampleKey(account.id))
    assert.equal(await storage.apiKeys.revoke(other.id, key.id, at(5)), null)
    assert.deepEqual(await storage.apiKeys.findByHash(key.keyHash), key)
    assert.deepEqual((await storage.apiKeys.list(other.id, { limit: 100 })).items, [])
  },

  'two API keys never share a hash': async (storage) => {
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    const key = await storage.apiKeys.create(sampleKey(account.id))
    await refuses('CONFLICT', storage.apiKeys.create({ ...sampleKey(account.id), keyHash: key.keyHash }))
    assert.deepEqual((await storage.apiKeys.list(account.id, { limit: 100 })).items, [key])
  },
}
