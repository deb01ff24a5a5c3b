import assert from 'node:assert/strict'
import type { DeviceLoginRecord, Storage } from '../../storage'
import { refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleAccount, sampleDeviceLogin, sampleKey } from '../storage-fixtures'

const approve = async (storage: Storage, login: DeviceLoginRecord) => {
  const userId = newId()
  const { id: developerAccountId } = await storage.developerAccounts.create(sampleAccount(), userId)
  const decision = { status: 'approved', userId, developerAccountId, at: at(10) } as const
  return { approved: await storage.deviceLogins.decide(login.id, decision), userId, developerAccountId }
}

export const deviceLoginCases: StorageCases = {
  'a device login is found by its user code and decided once': async (storage) => {
    const login = sampleDeviceLogin()
    assert.deepEqual(await storage.deviceLogins.create(login), login)
    assert.deepEqual(await storage.deviceLogins.findByUserCode(login.userCodeHash), login)
    assert.equal(await storage.deviceLogins.findByUserCode(login.deviceCodeHash), null)
    const { approved, userId, developerAccountId } = await approve(storage, login)
    assert.deepEqual(approved, { ...login, status: 'approved', userId, developerAccountId })
    const denial = { status: 'denied', userId: newId(), developerAccountId: null, at: at(11) } as const
    assert.equal(await storage.deviceLogins.decide(login.id, denial), null)
    assert.deepEqual(await storage.deviceLogins.findByUserCode(login.userCodeHash), approved)
    await refuses('CONFLICT', storage.deviceLogins.create(sampleDeviceLogin({ userCodeHash: login.userCodeHash })))
    await refuses('CONFLICT', storage.deviceLogins.create(sampleDeviceLogin({ deviceCodeHash: login.deviceCodeHash })))
  },

  'a device login that is denied or expired is never approved': async (storage) => {
    const denied = await storage.deviceLogins.create(sampleDeviceLogin())
    const denial = { status: 'denied', userId: 'ada', developerAccountId: null, at: at(1) } as const
    assert.deepEqual((await storage.deviceLogins.decide(denied.id, denial))?.status, 'denied')
    assert.equal((await approve(storage, denied)).approved, null)
    const late = await storage.deviceLogins.create(sampleDeviceLogin({ expiresAt: at(10) }))
    assert.equal((await approve(storage, late)).approved, null)
  },

  'who asks for the key of a device login too soon has to wait longer': async (storage) => {
    const login = await storage.deviceLogins.create(sampleDeviceLogin())
    const poll = async (offsetMs: number) => {
      const polled = await storage.deviceLogins.poll(login.deviceCodeHash, at(offsetMs))
      return [polled?.tooSoon, polled?.login.intervalSeconds]
    }
    assert.deepEqual(await poll(0), [false, 5])
    assert.deepEqual(await poll(4999), [true, 10])
    assert.deepEqual(await poll(14_998), [true, 15])
    assert.deepEqual(await poll(29_998), [false, 15])
    assert.equal(await storage.deviceLogins.poll(login.userCodeHash, at(0)), null)
    const together = await storage.deviceLogins.create(sampleDeviceLogin())
    const outcomes = await Promise.all([1, 2, 3].map(() => storage.deviceLogins.poll(together.deviceCodeHash, at(0))))
    assert.equal(outcomes.filter((outcome) => outcome?.tooSoon === false).length, 1)
  },

  'an approved device login gives one key, however many ask at once': async (storage) => {
    const login = await storage.deviceLogins.create(sampleDeviceLogin())
    const account = await storage.developerAccounts.create(sampleAccount(), newId())
    assert.equal(await storage.deviceLogins.redeem(login.id, sampleKey(account.id)), null)
    assert.deepEqual((await storage.apiKeys.list(account.id, { limit: 100 })).items, [])
    const { userId, developerAccountId } = await approve(storage, login)
    const keys = [1, 2, 3].map(() => sampleKey(developerAccountId, { userId }))
    const made = await Promise.all(keys.map((key) => storage.deviceLogins.redeem(login.id, key)))
    const won = made.filter((key) => key !== null)
    assert.equal(won.length, 1)
    assert.deepEqual((await storage.apiKeys.list(developerAccountId, { limit: 100 })).items, won)
    assert.equal((await storage.deviceLogins.findByUserCode(login.userCodeHash))?.status, 'used')
  },

  'device logins that expired an hour ago are forgotten when another begins': async (storage) => {
    const hour = 3_600_000
    const old = await storage.deviceLogins.create(sampleDeviceLogin({ expiresAt: at(0) }))
    const recent = await storage.deviceLogins.create(sampleDeviceLogin({ expiresAt: at(1) }))
    await storage.deviceLogins.create(sampleDeviceLogin({ createdAt: at(hour), expiresAt: at(hour + 1000) }))
    assert.equal(await storage.deviceLogins.findByUserCode(old.userCodeHash), null)
    assert.deepEqual(await storage.deviceLogins.findByUserCode(recent.userCodeHash), recent)
  },
}
