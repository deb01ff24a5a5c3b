import assert from 'node:assert/strict'
import { refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleAccount, sampleKey } from '../storage-fixtures'

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

  'the keys that act for a user are listed over all accounts and revoked by that user alone': async (storage) => {
    const [user, other] = [newId(), newId()]
    const first = await storage.developerAccounts.create(sampleAccount(), user)
    const second = await storage.developerAccounts.create(sampleAccount(), user)
    const keys = [
      await storage.apiKeys.create(sampleKey(first.id, { userId: user })),
      await storage.apiKeys.create(sampleKey(second.id, { userId: user, createdAt: at(1), expiresAt: null })),
    ]
    await storage.apiKeys.create(sampleKey(first.id, { userId: other }))
    assert.deepEqual((await storage.apiKeys.listForUser(user, { limit: 100 })).items, keys)
    const [id, keyHash] = [keys[0]?.id ?? '', keys[1]?.keyHash ?? '']
    assert.equal(await storage.apiKeys.revokeOfUser(other, id, at(5)), null)
    assert.deepEqual((await storage.apiKeys.revokeOfUser(user, id, at(5)))?.revokedAt, at(5))
    assert.deepEqual((await storage.apiKeys.revokeByHash(keyHash, at(6)))?.revokedAt, at(6))
    assert.equal(await storage.apiKeys.revokeByHash(newId(), at(6)), null)
    assert.equal(await storage.apiKeys.findByHash(keyHash), null)
    assert.deepEqual(
      (await storage.apiKeys.listForUser(user, { limit: 100 })).items.map(({ revokedAt }) => revokedAt),
      [at(5), at(6)],
    )
  },
}
