import assert from 'node:assert/strict'
import type { AppValueRecord, ValueCondition } from '../../storage'
import { allPages, makeInstallation, refuses, type StorageCases } from '../storage-case'
import { at, newId } from '../storage-fixtures'

const QUOTA = { bytes: 1000, values: 100 }

const sampleValue = (installationId: string, change: Partial<AppValueRecord> = {}): AppValueRecord => ({
  installationId,
  connectionId: '',
  collection: '',
  key: 'k',
  value: '{"b":1,"a":2}',
  expiresAt: null,
  ...change,
})

export const valueCases: StorageCases = {
  'a value is kept as it was written, apart by installation, collection and key': async (storage) => {
    const [mine, other] = [await makeInstallation(storage), await makeInstallation(storage)]
    const value = sampleValue(mine.installation.id)
    assert.equal(await storage.values.set(value, undefined, QUOTA, at()), true)
    assert.deepEqual(await storage.values.get(value, at()), value)
    for (const change of [{ installationId: other.installation.id }, { collection: 'c' }, { key: 'K' }])
      assert.equal(await storage.values.get({ ...value, ...change }, at()), null)
    assert.equal(await storage.values.set({ ...value, value: '2' }, undefined, QUOTA, at()), true)
    assert.equal((await storage.values.get(value, at()))?.value, '2')
    assert.equal(await storage.values.remove(value, at()), true)
    assert.equal(await storage.values.remove(value, at()), false)
    await refuses('CONFLICT', storage.values.set(sampleValue(newId()), undefined, QUOTA, at()))
    await refuses('CONFLICT', storage.values.set({ ...value, connectionId: newId() }, undefined, QUOTA, at()))
  },

  'a value whose time is over is not there: not to read, to list, to remove or to write over': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const value = sampleValue(installation.id, { expiresAt: at(100) })
    await storage.values.set(value, undefined, QUOTA, at())
    assert.deepEqual(await storage.values.get(value, at(99)), value)
    assert.equal(await storage.values.get(value, at(100)), null)
    assert.deepEqual((await storage.values.list({ ...value, prefix: '' }, at(100), { limit: 9 })).items, [])
    assert.equal(await storage.values.set(value, { ifEquals: value.value }, QUOTA, at(100)), false)
    assert.equal(await storage.values.set({ ...value, expiresAt: at(200) }, { ifAbsent: true }, QUOTA, at(100)), true)
    assert.equal(await storage.values.remove(value, at(200)), false)
    await storage.values.set(value, undefined, QUOTA, at())
    assert.ok((await storage.values.removeExpired(at(100))) >= 1)
    assert.equal(await storage.values.get(value, at(1)), null)
  },

  'of many who set a value where there is none, or as they read it, one does': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const write = async (condition: ValueCondition) =>
      (
        await Promise.all(
          Array.from({ length: 6 }, (_, index) =>
            storage.values.set(sampleValue(installation.id, { value: String(index) }), condition, QUOTA, at()),
          ),
        )
      ).filter(Boolean).length
    assert.equal(await write({ ifAbsent: true }), 1)
    const current = (await storage.values.get(sampleValue(installation.id), at()))?.value ?? ''
    await storage.values.set(sampleValue(installation.id, { value: '"read"' }), { ifEquals: current }, QUOTA, at())
    assert.equal(await write({ ifEquals: '"read"' }), 1)
    assert.equal(await storage.values.set(sampleValue(installation.id), { ifEquals: '"gone"' }, QUOTA, at()), false)
  },

  'values together keep a quota of bytes and of number, however many write at once': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const write = (key: string, value: string, quota = QUOTA) =>
      storage.values.set(sampleValue(installation.id, { key, value }), undefined, quota, at())
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => write(`k${i}`, 'ä'.repeat(149))))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 3)
    await refuses('QUOTA_EXCEEDED', write('new', '1', { bytes: 10_000, values: 3 }))
    const [first] = (await storage.values.list({ ...sampleValue(installation.id), prefix: '' }, at(), { limit: 1 }))
      .items
    assert.equal(await write(first?.key ?? '', 'shorter'), true, 'a value makes room for the one that replaces it')
  },

  'values are listed by key, those of a prefix, page by page': async (storage) => {
    const { installation } = await makeInstallation(storage)
    const keys = ['a', 'b%1', 'b_2', 'bé', 'B', 'c']
    for (const key of keys) await storage.values.set(sampleValue(installation.id, { key }), undefined, QUOTA, at())
    const read = async (prefix: string, limit: number) =>
      (
        await allPages((cursor) =>
          storage.values.list({ ...sampleValue(installation.id), prefix }, at(), { limit, cursor }),
        )
      ).map(({ key }) => key)
    for (const limit of [1, 2, 50]) {
      assert.deepEqual(await read('', limit), ['B', 'a', 'b%1', 'b_2', 'bé', 'c'])
      assert.deepEqual(await read('b', limit), ['b%1', 'b_2', 'bé'])
      assert.deepEqual(await read('b_', limit), ['b_2'])
    }
  },
}
