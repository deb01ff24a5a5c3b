import assert from 'node:assert/strict'
import type { AuditOwner, AuditRecord, FunctionCallRecord } from '../../storage'
import { allPages, makeInstallation, refuses, type StorageCases } from '../storage-case'
import { at, newId, sampleInstallation } from '../storage-fixtures'

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
  traceId: newId(),
  argumentBytes: 12,
  resultBytes: 0,
  ...change,
})

const ofOrganization = (id: string): AuditOwner => ({ type: 'organization', id })

const sampleEntry = (
  organizationId: string | null,
  createdAt = at(),
  change: Partial<AuditRecord> = {},
): AuditRecord => ({
  id: newId(),
  organizationId,
  developerAccountId: null,
  actorId: 'ada',
  action: 'installation.create',
  resourceType: 'installation',
  resourceId: newId(),
  changes: { channel: { before: null, after: 'stable' }, 'api.url': { before: ['a'], after: 'nul \0 “x”' } },
  createdAt,
  ...change,
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

  'function calls are found by function, outcome and trace id': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const ids = { installationId: installation.id, deploymentId: first.id, organizationId: installation.organizationId }
    const failed = sampleCall(ids)
    const ok = sampleCall({ ...ids, functionId: 'a#b', outcome: 'ok', errorCode: null, resultBytes: 9 })
    for (const call of [failed, ok]) await storage.functionCalls.record(call)
    for (const [filter, expected] of [
      [{ functionId: 'a#b' }, [ok]],
      [{ outcome: 'error' }, [failed]],
      [{ traceId: ok.traceId }, [ok]],
      [{ traceId: ok.traceId, outcome: 'error' }, []],
    ] as const) {
      const page = { limit: 9, ...filter }
      const { items } = await storage.functionCalls.list(ids.organizationId, installation.id, page)
      assert.deepEqual(items, expected)
      const followed = await storage.functionCalls.follow(installation.appId, page, at(1))
      assert.deepEqual(followed.items, expected)
    }
  },

  'the calls of an app are followed in the order they were recorded, over organizations, and none is lost': async (
    storage,
  ) => {
    const { app, first, installation } = await makeInstallation(storage)
    const other = await makeInstallation(storage)
    const ids = { installationId: installation.id, deploymentId: first.id, organizationId: installation.organizationId }
    const foreign = { installationId: other.installation.id, organizationId: other.installation.organizationId }
    const start = await storage.functionCalls.follow(app.id, { limit: 2 }, at(0))
    assert.deepEqual(start.items, [])
    const calls = [0, 1, 2, 3, 4].map((offset) => sampleCall({ ...ids, createdAt: at(offset) }))
    for (const call of calls) await storage.functionCalls.record(call)
    await storage.functionCalls.record(sampleCall({ ...foreign, deploymentId: other.first.id }))
    const last = await storage.functionCalls.follow(app.id, { limit: 2 }, at(9))
    assert.deepEqual(last.items, calls.slice(3))
    // Nothing is settled yet: the cursor stays, and the same calls come again.
    const early = await storage.functionCalls.follow(app.id, { limit: 9, cursor: start.cursor }, at(0))
    assert.deepEqual(early.items, calls)
    const again = await storage.functionCalls.follow(app.id, { limit: 9, cursor: early.cursor }, at(3))
    assert.deepEqual(again.items, calls)
    const rest = await storage.functionCalls.follow(app.id, { limit: 9, cursor: again.cursor }, at(9))
    assert.deepEqual(rest.items, calls.slice(3))
    const none = await storage.functionCalls.follow(app.id, { limit: 9, cursor: rest.cursor }, at(9))
    assert.deepEqual(none, { items: [], cursor: rest.cursor })
    // Full pages go on, settled or not.
    const full = await storage.functionCalls.follow(app.id, { limit: 3, cursor: start.cursor }, at(0))
    const next = await storage.functionCalls.follow(app.id, { limit: 3, cursor: full.cursor }, at(0))
    assert.deepEqual([...full.items, ...next.items], calls)
    await refuses('INVALID_CURSOR', storage.functionCalls.follow(app.id, { limit: 3, cursor: 'x' }, at(0)))
  },

  'old function calls are removed, and young ones are not': async (storage) => {
    const { first, installation } = await makeInstallation(storage)
    const ids = { installationId: installation.id, deploymentId: first.id, organizationId: installation.organizationId }
    // Older than what other cases record, which may run beside this one.
    const calls = [-2000, -1000].map((offset) => sampleCall({ ...ids, createdAt: at(offset - 1e9) }))
    for (const call of calls) await storage.functionCalls.record(call)
    assert.ok((await storage.functionCalls.removeBefore(at(-1000 - 1e9))) >= 1)
    const { items } = await storage.functionCalls.list(ids.organizationId, installation.id, { limit: 9 })
    assert.deepEqual(items, calls.slice(1))
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
    const read = await allPages((cursor) => storage.audit.list(ofOrganization(organizationId), { limit: 1, cursor }))
    assert.deepEqual(read, [first, tie, second, last])
    assert.equal((await storage.audit.list(ofOrganization(other), { limit: 50 })).items.length, 1)
    await refuses('CONFLICT', storage.audit.append(entries[0] ?? sampleEntry(null)))
  },

  'the audit log of a developer account is its own, and the platform reads all': async (storage) => {
    const [account, other] = [newId(), newId()]
    // Later than anything another case writes, so that the first page is of these.
    const later = (offset: number) => at(10 ** 12 + offset)
    const own = sampleEntry(null, later(1), { developerAccountId: account })
    const theirs = sampleEntry(null, later(2), { developerAccountId: other })
    const organization = sampleEntry(newId(), later(3))
    for (const entry of [own, theirs, organization]) await storage.audit.append(entry)
    assert.deepEqual((await storage.audit.list({ type: 'developer-account', id: account }, { limit: 9 })).items, [own])
    assert.deepEqual((await storage.audit.list({ type: 'developer-account', id: newId() }, { limit: 9 })).items, [])
    assert.deepEqual((await storage.audit.list(ofOrganization(account), { limit: 9 })).items, [])
    const ids = [own, theirs, organization].map(({ id }) => id)
    const all = await storage.audit.list({ type: 'platform' }, { limit: 100, since: later(0) })
    assert.deepEqual(
      all.items.filter(({ id }) => ids.includes(id)),
      [organization, theirs, own],
    )
  },

  'the audit log is asked by actor, action, resource and time': async (storage) => {
    const organizationId = newId()
    const ada = sampleEntry(organizationId, at(10))
    const grace = sampleEntry(organizationId, at(20), { actorId: 'grace' })
    const settings = sampleEntry(organizationId, at(30), { action: 'organization-settings.write' })
    for (const entry of [ada, grace, settings]) await storage.audit.append(entry)
    const found = async (filter: object) => {
      const list = (cursor: string | undefined) =>
        storage.audit.list(ofOrganization(organizationId), { limit: 1, cursor, ...filter })
      return allPages(list)
    }
    assert.deepEqual(await found({ actorId: 'grace' }), [grace])
    assert.deepEqual(await found({ action: 'installation.create' }), [grace, ada])
    assert.deepEqual(await found({ resourceId: settings.resourceId }), [settings])
    assert.deepEqual(await found({ since: at(20) }), [settings, grace])
    assert.deepEqual(await found({ until: at(20) }), [ada])
    assert.deepEqual(await found({ actorId: 'ada', since: at(11), until: at(30) }), [])
  },

  'the calls of a deployment are counted over every organization, from a moment on': async (storage) => {
    const { first, second, installation } = await makeInstallation(storage)
    const other = await storage.installations.create(sampleInstallation(first, newId()), newId())
    const add = ({ id, organizationId }: typeof installation, errorCode: string | null, offset: number, at1 = first) =>
      storage.functionCalls.record(
        sampleCall({
          installationId: id,
          organizationId,
          deploymentId: at1.id,
          outcome: errorCode ? 'error' : 'ok',
          errorCode,
          createdAt: at(offset),
        }),
      )
    await add(installation, 'FUNCTION_FAILED', 0)
    await add(installation, 'FUNCTION_FAILED', 10)
    await add(installation, 'FUNCTION_TIMEOUT', 20)
    await add(installation, null, 30)
    await add(other, 'INVALID_INPUT', 40)
    await add(other, 'FUNCTION_FAILED', 50)
    await add(installation, 'FUNCTION_FAILED', 60, second)
    const codes = ['FUNCTION_FAILED', 'FUNCTION_TIMEOUT']
    assert.deepEqual(await storage.functionCalls.tally(first.id, at(10), codes), {
      calls: 5,
      failed: 3,
      failedInstallations: 2,
    })
    assert.deepEqual(await storage.functionCalls.tally(newId(), at(0), codes), {
      calls: 0,
      failed: 0,
      failedInstallations: 0,
    })
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
      assert.equal((await storage.audit.list(ofOrganization(organizationId), { limit })).items.length, expected)
    }
  },

  'a closed storage answers that it is unavailable': async (storage) => {
    await storage.close()
    await refuses('UNAVAILABLE', storage.apps.get(newId()))
    await refuses('UNAVAILABLE', storage.audit.append(sampleEntry(null)))
    await refuses('UNAVAILABLE', storage.settings.write(newId(), null, newId(), []))
  },
}
