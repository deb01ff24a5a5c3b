import assert from 'node:assert/strict'
import type { AuditRecord, FunctionCallRecord } from '../../storage'
import { allPages, makeInstallation, refuses, type StorageCases } from '../storage-case'
import { at, newId } from '../storage-fixtures'

const sampleCall = (change: Partial<FunctionCallRecord>): FunctionCallRecord => ({
  id: newId(),
  installationId: '',
  deploymentId: '',
  organizationId: '',
  functionId: 'src/orders.server.ts#findOrders',
  userId: 'ada',
  outcome: 'error',
  errorCode: 'FUNCTION_FAILED',
  durationMs: 12.5,
  logs: [{ level: 'info', message: 'nul \0, quote " and half a \ud83d' }],
  createdAt: at(),
  ...change,
})

const sampleEntry = (organizationId: string | null, createdAt = at()): AuditRecord => ({
  id: newId(),
  organizationId,
  actorId: 'ada',
  action: 'installation.create',
  resourceType: 'installation',
  resourceId: newId(),
  createdAt,
})

export const logCases: StorageCases = {
  'function calls are read page by page, the newest first, by their organization only': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const { id, organizationId } = installation
    const ids = { installationId: id, deploymentId: first.id, organizationId }
    const calls = [0, 900, 300, 300, 300].map((offset) => sampleCall({ ...ids, createdAt: at(offset) }))
    for (const call of calls) await storage.functionCalls.record(call)
    const [oldest, newest, ...same] = calls
    const expected = [newest, ...same.reverse(), oldest]
    for (const limit of [1, 2, 3, 50]) {
      const read = await allPages((cursor) => storage.functionCalls.list(organizationId, id, { limit, cursor }))
      assert.deepEqual(read, expected)
    }
    assert.deepEqual(await storage.functionCalls.list(newId(), id, { limit: 9 }), { items: [], nextCursor: null })
    assert.deepEqual((await storage.functionCalls.list(organizationId, newId(), { limit: 9 })).items, [])
  },

  'a function call is recorded for the organization of its installation only': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const call = sampleCall({ installationId: installation.id, deploymentId: first.id, organizationId: newId() })
    await refuses('CONFLICT', storage.functionCalls.record(call))
    assert.deepEqual((await storage.functionCalls.list(call.organizationId, installation.id, { limit: 9 })).items, [])
  },

  'the audit log is read page by page, the newest first, by its organization only': async (storage) => {
    const [organizationId, other] = [newId(), newId()]
    const entries = [5, 1, 9, 9].map((offset) => sampleEntry(organizationId, at(offset)))
    for (const entry of [...entries, sampleEntry(other), sampleEntry(null)]) await storage.audit.append(entry)
    const [second, last, tie, first] = entries
    const read = await allPages((cursor) => storage.audit.list(organizationId, { limit: 1, cursor }))
    assert.deepEqual(read, [first, tie, second, last])
    assert.equal((await storage.audit.list(other, { limit: 50 })).items.length, 1)
    await refuses('CONFLICT', storage.audit.append(entries[0] ?? sampleEntry(null)))
  },

  'a page holds 1 to 100 rows, whatever is asked for': async (storage) => {
    const organizationId = newId()
    for (let count = 0; count < 102; count++) await storage.audit.append(sampleEntry(organizationId))
    for (const [limit, expected] of [
      [0, 1],
      [-5, 1],
      [Number.NaN, 1],
      [2.9, 2],
      [100, 100],
      [1_000_000, 100],
    ] as const) {
      assert.equal((await storage.audit.list(organizationId, { limit })).items.length, expected)
    }
  },

  'a closed storage answers that it is unavailable': async (storage) => {
    await storage.close()
    await refuses('UNAVAILABLE', storage.apps.get(newId()))
    await refuses('UNAVAILABLE', storage.audit.append(sampleEntry(null)))
    await refuses('UNAVAILABLE', storage.settings.write(newId(), null, newId(), []))
  },
}
