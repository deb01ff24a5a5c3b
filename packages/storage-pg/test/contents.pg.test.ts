import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BundleRecord, Storage } from '@souk/server-adapter/storage'
import { storageConformance } from '@souk/server-adapter/testing'
import S3rver from 's3rver'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BundleContents } from '../src/bundle-contents'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { createS3Contents, type S3ContentsOptions } from '../src/create-s3-contents'
import { exportRows } from '../src/export/export-rows'
import { importRows } from '../src/export/import-rows'
import { migrate } from '../src/migrate'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

const { pool, database, schema, end } = await createRealDatabase('souk_contents')

// A server that speaks S3. It knows keys by their id and does not compute version 4 signatures, which aws4fetch proves on its own.
const folder = mkdtempSync(join(tmpdir(), 'souk-s3-'))
const s3 = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: folder,
  configureBuckets: [{ name: 'souk', configs: [] }],
})
let options: S3ContentsOptions
let s3Contents: BundleContents
const contents: BundleContents = {
  put: (key, content) => s3Contents.put(key, content),
  get: (key) => s3Contents.get(key),
  remove: (key) => s3Contents.remove(key),
}

beforeAll(async () => {
  const { port } = await s3.run()
  options = {
    endpoint: `http://127.0.0.1:${port}/`,
    bucket: 'souk',
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  }
  s3Contents = createS3Contents(options)
})

afterAll(async () => {
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
  await end()
})

const storage = createPostgresStorage({ database, schema, contents })
const bytesOf = (text: string) => new TextEncoder().encode(text)
const [old, now] = [new Date('2020-01-01Z'), new Date('2026-01-01Z')]
const bundleOf = (appId: string, id: string, text: string, createdAt = now): [BundleRecord, Uint8Array] => {
  const content = bytesOf(text)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return [{ id, appId, bundleType: 'client', sha256, sizeBytes: content.byteLength, createdAt }, content]
}

test('bytes go to the object store and not to Postgres, and come back whole', async () => {
  await seedDeployment(storage, 'outside')
  const { rows } = await pool.query(`select content from ${schema}.app_bundle where id = 'bundle-outside'`)
  expect(rows).toEqual([{ content: null }])
  expect(await contents.get('bundle-outside')).toEqual(bytesOf('outside'))
  expect(await storage.bundles.content('bundle-outside')).toEqual(bytesOf('outside'))
  const sha256 = createHash('sha256').update('outside').digest('hex')
  expect(await storage.bundles.clientContentByHash(sha256)).toEqual(bytesOf('outside'))
  expect(await contents.get('nothing')).toBe(null)
  await contents.remove('nothing')
})

test('bytes that changed in the object store, or are gone, are not served', async () => {
  await seedDeployment(storage, 'changed')
  await contents.put('bundle-changed', bytesOf('evil'))
  await expect(storage.bundles.content('bundle-changed')).rejects.toMatchObject({ code: 'CORRUPT_ROW' })
  await contents.remove('bundle-changed')
  await expect(storage.bundles.content('bundle-changed')).rejects.toMatchObject({ code: 'CORRUPT_ROW' })
  const without = createPostgresStorage({ database, schema })
  await expect(without.bundles.content('bundle-outside')).rejects.toMatchObject({
    message: expect.stringContaining('contents'),
  })
})

test.each([
  ['an unknown key', () => createS3Contents({ ...options, accessKeyId: 'wrong' })],
  ['no such bucket', () => createS3Contents({ ...options, bucket: 'other' })],
  ['nobody there', () => createS3Contents({ ...options, endpoint: 'http://127.0.0.1:1' })],
])('an object store with %s is UNAVAILABLE, and no bundle is recorded', { timeout: 60_000 }, async (name, create) => {
  const failing = createPostgresStorage({ database, schema, contents: create() })
  const { appId } = await seedDeployment(storage, `failing-${name.replaceAll(' ', '-')}`)
  const [bundle, content] = bundleOf(appId, `lost-${name.replaceAll(' ', '-')}`, name)
  await expect(failing.bundles.put(bundle, content)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await storage.bundles.get(bundle.id)).toBe(null)
})

test('what was put and never recorded is removed once it is old; an upload under way is not', async () => {
  const { appId } = await seedDeployment(storage, 'unfinished')
  const interrupted = (createdAt: Date, id: string): Storage =>
    createPostgresStorage({
      database,
      schema,
      contents: {
        ...contents,
        async put(key, content) {
          await contents.put(key, content)
          throw new Error(`the process of ${id} at ${createdAt.toISOString()} ended here`)
        },
      },
    })
  await expect(interrupted(old, 'a').bundles.put(...bundleOf(appId, 'dead-upload', 'dead', old))).rejects.toThrow()
  await expect(interrupted(now, 'b').bundles.put(...bundleOf(appId, 'live-upload', 'live', now))).rejects.toThrow()

  // One that began long ago and is still at it when the clean-up comes: it is refused, not recorded without its bytes.
  const slow = createPostgresStorage({
    database,
    schema,
    contents: {
      ...contents,
      async put(key, content) {
        await contents.put(key, content)
        await storage.bundles.removeUnused(new Date('2021-01-01Z'))
      },
    },
  })
  await expect(slow.bundles.put(...bundleOf(appId, 'slow-upload', 'slow', old))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })

  expect(await contents.get('dead-upload')).toBe(null)
  expect(await contents.get('slow-upload')).toBe(null)
  expect(await contents.get('live-upload')).toEqual(bytesOf('live'))
  expect(await contents.get('bundle-unfinished')).toEqual(bytesOf('unfinished'))
})

test('an unused bundle goes with its bytes, and both are there again after another upload', async () => {
  const { appId } = await seedDeployment(storage, 'unused')
  await storage.bundles.put(...bundleOf(appId, 'first', 'same bytes', old))
  expect(await storage.bundles.removeUnused(new Date('2021-01-01Z'))).toBe(1)
  expect([await storage.bundles.get('first'), await contents.get('first')]).toEqual([null, null])
  await storage.bundles.put(...bundleOf(appId, 'second', 'same bytes', now))
  expect(await storage.bundles.content('second')).toEqual(bytesOf('same bytes'))
})

test('an export carries the bytes out of the object store, and an import puts them into Postgres', async () => {
  const deployment = await seedDeployment(storage, 'moved')
  const lines: string[] = []
  const write = async (line: string) => void lines.push(line)
  await expect(exportRows(database, { kind: 'app', name: 'app-moved', schema, write })).rejects.toMatchObject({
    code: 'CORRUPT_ROW',
  })
  lines.length = 0
  await exportRows(database, { kind: 'app', name: 'app-moved', schema, contents, write })
  const other = 'souk_contents_restored'
  await pool.query(`drop schema if exists ${other} cascade`)
  await migrate(database, { schema: other })
  const read = async function* (text: readonly string[]) {
    yield* text
  }
  await importRows(database, read(lines), { schema: other })
  const restored = createPostgresStorage({ database, schema: other })
  expect(await restored.bundles.content('bundle-moved')).toEqual(bytesOf('moved'))
  expect(await restored.deployments.get(deployment.id)).toEqual(deployment)

  await expect(importRows(database, read(lines), { schema: other })).rejects.toMatchObject({ code: 'CONFLICT' })

  // All or nothing.
  await pool.query(`drop schema ${other} cascade`)
  await migrate(database, { schema: other })
  for (const [bad, code] of [
    [lines.slice(0, -1), 'EXPORT_INVALID'],
    [lines.toSpliced(2, 1), 'EXPORT_INVALID'],
    [[...lines, '{}'], 'EXPORT_INVALID'],
    [['{"format":"other"}'], 'EXPORT_INVALID'],
    [[(lines[0] ?? '').replace(/"migration":\d+/, '"migration":999')], 'EXPORT_INVALID'],
    [[lines[0] ?? '', '{"table":"migration","row":{}}'], 'EXPORT_INVALID'],
    [[lines[0] ?? '', '{"table":"app_setting","row":{}}'], 'EXPORT_INVALID'],
    [[lines[0] ?? '', 'x'], 'EXPORT_INVALID'],
  ] as const)
    await expect(importRows(database, read(bad), { schema: other })).rejects.toMatchObject({ code })
  const forged = lines.map((line) => line.replace('"\\\\x6d6f766564"', '"\\\\x65"'))
  expect(forged).not.toEqual(lines)
  await expect(importRows(database, read(forged), { schema: other })).rejects.toMatchObject({ code: 'EXPORT_INVALID' })
  expect((await pool.query(`select 1 from ${other}.developer_account`)).rows).toEqual([])
  await pool.query(`drop schema ${other} cascade`)
})

test('an organization is restored with its settings, history and logs, after its apps', async () => {
  const deployment = await seedDeployment(storage, 'tenant')
  await storage.installations.create(
    {
      id: 'inst-tenant',
      appId: deployment.appId,
      organizationId: 'tenant',
      currentDeploymentId: deployment.id,
      grantedScopes: ['a:read'],
      grantedEgress: [],
      installedBy: 'ada',
      channel: 'stable',
      installedAt: now,
      uninstalledAt: null,
    },
    'event-tenant',
  )
  await storage.settings.write('inst-tenant', 'ada', deployment.id, [
    { key: 'n', value: 1.5, secret: false },
    { key: 's', value: 'sealed \0 "text"', secret: true },
  ])
  await storage.audit.append({
    id: 'audit-tenant',
    organizationId: 'tenant',
    developerAccountId: null,
    changes: {},
    actorId: 'ada',
    action: 'x',
    resourceType: 'x',
    resourceId: 'x',
    createdAt: now,
  })
  const dump = async (kind: 'app' | 'organization', name: string) => {
    const lines: string[] = []
    await exportRows(database, { kind, name, schema, contents, write: async (line) => void lines.push(line) })
    return (async function* () {
      yield* lines
    })()
  }
  const other = 'souk_tenant_restored'
  await pool.query(`drop schema if exists ${other} cascade`)
  await migrate(database, { schema: other })
  await expect(importRows(database, await dump('organization', 'tenant'), { schema: other })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('Import the apps'),
  })
  await importRows(database, await dump('app', 'app-tenant'), { schema: other })
  expect(await importRows(database, await dump('organization', 'tenant'), { schema: other })).toMatchObject({ rows: 5 })
  const restored = createPostgresStorage({ database, schema: other })
  for (const read of [
    (from: Storage) => from.installations.listActive('tenant', { limit: 100 }),
    (from: Storage) => from.installations.events('tenant', 'inst-tenant', { limit: 100 }),
    (from: Storage) => from.settings.list('inst-tenant', 'ada'),
    (from: Storage) => from.audit.list({ type: 'organization', id: 'tenant' }, { limit: 9 }).then(({ items }) => items),
  ]) {
    expect(await read(restored)).toEqual(await read(storage))
    expect(await read(restored)).not.toEqual([])
  }
  await pool.query(`drop schema ${other} cascade`)
})

storageConformance({ test, createStorage: () => createPostgresStorage({ database, schema, contents }) })
