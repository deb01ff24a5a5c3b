import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { MIGRATIONS } from '../migrations'
import { dumpSchema } from '../scripts/dump-schema'
import { createPostgresStorage } from '../src/create-postgres-storage'
import type { Database } from '../src/database'
import { fromPglite } from '../src/from-pglite'
import { migrate } from '../src/migrate'
import { migrationStatus, migrationTable } from '../src/migration-status'
import { createRealDatabase } from './support/real-database'

const { pool, database, schema, end } = await createRealDatabase('souk_upgrade')
const pglite = await PGlite.create()
afterAll(async () => {
  await pglite.close()
  await end()
})

/** Rows as the code of the first migration wrote them; later steps must take all of them along. */
const FIRST_ROWS = (s: string): readonly string[] => [
  `insert into ${s}.developer_account values ('acc', 'acc', 'Northwind', null, '{beta}', '2026-01-01Z')`,
  `insert into ${s}.developer_account_member values ('acc', 'ada', 'owner')`,
  `insert into ${s}.api_key values ('key', 'acc', 'ada', 'CI', 'hash', '2026-01-01Z', null)`,
  `insert into ${s}.app values ('app', 'orders', 'acc', 'Order “lookup”', 'Finds orders.', 'support', null, null, null, null, '{}', null,
    null, null, null, 'published', 'published', true, false, true, '2026-01-01Z', 'order “lookup”', 'order “lookup” finds orders. orders')`,
  `insert into ${s}.app_bundle values ('bundle', 'app', 'client', encode(sha256('code'), 'hex'), 4, 'code', '2026-01-01Z')`,
  `insert into ${s}.app_deployment (id, app_id, deployment_type, version, client_bundle_id, manifest, status, created_by, created_at)
    values ('dep', 'app', 'production', '1.0.0', 'bundle', '{"manifestVersion":1,"id":"orders","version":"1.0.0","protocolVersion":1,
    "scopes":[],"egress":{"server":[]},"surfaces":[],"settings":{"organization":{},"user":{}},"functions":[]}', 'active', 'ada', '2026-01-01Z')`,
  `update ${s}.app_deployment set status = 'pending-review', review_position = nextval('${s}.review_position_seq')`,
  `update ${s}.app_deployment set status = 'approved'`,
  `update ${s}.app_deployment set status = 'published', published_at = '2026-01-02Z'`,
  `insert into ${s}.app_installation values ('inst', 'app', 'org', 'dep', '{a:read}', '{}', 'grace', '2026-01-03Z', null)`,
  `insert into ${s}.installation_event values ('event', 'inst', 'installed', null, 'dep', '{a:read}', '{}', 'grace', '2026-01-03Z')`,
  `insert into ${s}.app_setting values ('inst', null, 'url', '"x"', false, 'dep'), ('inst', 'grace', 'token', '"sealed"', true, 'dep')`,
  `insert into ${s}.function_call values ('call', 'inst', 'dep', 'org', 'f', 'grace', 'error', 'FUNCTION_FAILED', 1.5, '[]', '2026-01-04Z')`,
  `insert into ${s}.audit_entry values ('audit', 'org', 'grace', 'x', 'x', 'x', '2026-01-04Z')`,
]

const migrateTo = async (on: Database, name: string, step: number) => {
  const s = `"${name}"`
  await on.query(`create schema ${s}`)
  await on.query(migrationTable(s))
  for (const migration of MIGRATIONS.filter(({ id }) => id <= step)) {
    await on.transaction(async (tx) => {
      for (const statement of migration.statements(s)) await tx.query(statement)
      await tx.query(`insert into ${s}.migration (id, name) values ($1::int, $2)`, [migration.id, migration.name])
    })
    // Data of the first step goes through every later one.
    if (migration.id === 1) for (const statement of FIRST_ROWS(s)) await on.query(statement)
  }
}

const earlier = MIGRATIONS.slice(0, -1).map(({ id, name }) => [id, name] as const)

describe.each([
  ['a real server', database],
  ['the embedded database', fromPglite(pglite)],
] as const)('%s', (_, on) => {
  test.each(earlier)('is brought from step %i (%s) to this version with all that is in it', async (step, stepName) => {
    const name = `upgrade_from_${step}`
    await on.query(`drop schema if exists ${name} cascade`)
    await migrateTo(on, name, step)
    const expected = MIGRATIONS.filter(({ id }) => id > step).map((migration) => migration.name)
    expect((await migrationStatus(on, { schema: name })).pending).toEqual(expected)
    expect(await migrate(on, { schema: name })).toEqual(expected)
    expect(stepName).not.toBe(expected[0])

    const storage = createPostgresStorage({ database: on, schema: name })
    expect(await storage.developerAccounts.roleOf('acc', 'ada')).toBe('owner')
    expect(await storage.apiKeys.findByHash('hash')).toMatchObject({ id: 'key' })
    expect(new TextDecoder().decode((await storage.bundles.content('bundle')) ?? undefined)).toBe('code')
    expect(await storage.deployments.latestPublished('app')).toMatchObject({ id: 'dep', version: '1.0.0' })
    expect((await storage.installations.listActive('org', { limit: 100 })).items).toMatchObject([
      { id: 'inst', grantedScopes: ['a:read'] },
    ])
    expect((await storage.installations.events('org', 'inst', { limit: 100 })).items).toMatchObject([
      { type: 'installed' },
    ])
    expect((await storage.settings.listSecrets({ limit: 9 })).items).toMatchObject([
      { userId: 'grace', value: 'sealed' },
    ])
    expect((await storage.functionCalls.list('org', 'inst', { limit: 9 })).items).toHaveLength(1)
    expect((await storage.audit.list({ type: 'organization', id: 'org' }, { limit: 9 })).items).toHaveLength(1)
    const found = await storage.apps.searchCatalog({ organizationId: 'other', search: 'orders find', limit: 9 })
    expect(found.items.map(({ app }) => app.id)).toEqual(['app'])
    // A bundle of before counts as uploaded at the upgrade, so that an upload under way then is not lost.
    await on.query(`insert into "${name}".app_bundle (id, app_id, bundle_type, sha256, size_bytes, content, created_at)
      values ('loose', 'app', 'server', encode(sha256('loose'), 'hex'), 5, 'loose', '2026-01-01Z')`)
    expect(await storage.bundles.removeUnused(new Date('2026-06-01Z'))).toBe(0)

    await on.query(`drop schema if exists upgrade_fresh cascade`)
    await migrate(on, { schema: 'upgrade_fresh' })
    expect(await shapeOf(on, name)).toEqual(await shapeOf(on, 'upgrade_fresh'))
    await on.query(`drop schema ${name} cascade`)
    await on.query(`drop schema upgrade_fresh cascade`)
  })
})

const shapeOf = async (on: Database, name: string) => (await dumpSchema(on, name)).split('\n')

describe('twenty processes', () => {
  const name = 'souk_twenty'
  beforeAll(() => pool.query(`drop schema if exists ${name} cascade`))
  afterAll(() => pool.query(`drop schema if exists ${name} cascade`))

  test('that migrate at once run each step once, and all of them end well', { timeout: 300_000 }, async () => {
    const script = new URL('./support/migrate-child.ts', import.meta.url).pathname
    const children = Array.from({ length: 20 }, () =>
      spawn(process.execPath, ['--import', 'tsx', script, inject('databaseUrl'), name], {
        stdio: ['pipe', 'pipe', 'inherit'],
        cwd: new URL('..', import.meta.url).pathname,
      }),
    )
    let said = ''
    const readyAll = Promise.all(
      children.map(async (child) => {
        const [ready] = await once(child.stdout, 'data')
        expect(String(ready)).toBe('ready\n')
        child.stdout.on('data', (text: Buffer) => (said += text.toString()))
      }),
    )
    await readyAll
    for (const child of children) child.stdin.write('go\n')
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]))
    expect(codes).toEqual(Array(20).fill(0))
    expect(
      said
        .split('\n')
        .filter((line) => line !== '')
        .sort(),
    ).toEqual(MIGRATIONS.map((migration) => migration.name).sort())
    const { rows } = await pool.query(`select id from ${name}.migration order by id`)
    expect(rows).toEqual(MIGRATIONS.map(({ id }) => ({ id })))
  })
})

test('the schema of the other tests is at this version', async () => {
  expect(await migrationStatus(database, { schema })).toMatchObject({ pending: [], newer: false, rowSecurity: false })
})
