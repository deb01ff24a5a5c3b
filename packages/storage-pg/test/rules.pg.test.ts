import { DEPLOYMENT_MOVES, isAllowedMove } from '@souk/server-adapter/storage'
import { afterAll, expect, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

// The rules that hold for whoever reaches the database, Souk or not.
const { pool, database, schema, end } = await createRealDatabase('souk_rules')
afterAll(end)
const storage = createPostgresStorage({ database, schema })

const frozen = [
  `version = '9.9.9'`,
  `manifest = '{"manifestVersion":1}'`,
  `manifest = null`,
  `client_bundle_id = null, server_bundle_id = 'x'`,
  `app_id = 'other'`,
  `deployment_type = 'development'`,
  `target_organization_id = 'org'`,
  `release_notes = 'better'`,
  `created_by = 'mallory'`,
  `created_at = now()`,
  `id = 'other'`,
]

test.each(frozen)('a deployment is immutable: set %s is refused', async (change) => {
  const name = `frozen-${frozen.indexOf(change)}`
  const deployment = await seedDeployment(storage, name)
  await expect(
    pool.query(`update ${schema}.app_deployment set ${change} where id = $1`, [deployment.id]),
  ).rejects.toThrow(/immutable|null value|generated/)
  expect(await storage.deployments.get(deployment.id)).toEqual(deployment)
})

test.each([
  ['delete from app_deployment', 'app_deployment'],
  ['truncate app_deployment cascade', 'app_deployment'],
  ['delete from app_bundle', 'app_bundle'],
  ['truncate app_bundle cascade', 'app_bundle'],
  [`update app_bundle set content = '\\x00', sha256 = encode(sha256('\\x00'), 'hex'), size_bytes = 1`, 'app_bundle'],
  [`update app_bundle set created_at = now()`, 'app_bundle'],
])('%s is refused', async (statement, table) => {
  const name = `deleted-${statement}`
  await seedDeployment(storage, name)
  const count = async () => (await pool.query(`select count(*)::int as count from ${schema}.${table}`)).rows[0].count
  const before = await count()
  const client = await pool.connect()
  try {
    await client.query(`set search_path to ${schema}`)
    await expect(client.query(statement)).rejects.toThrow(/immutable|referenced/)
  } finally {
    client.release(true)
  }
  expect(await count()).toBe(before)
})

test('a status moves in SQL only along the table of moves', async () => {
  const statuses = Object.keys(DEPLOYMENT_MOVES.production) as (keyof typeof DEPLOYMENT_MOVES.production)[]
  for (const type of ['development', 'production'] as const) {
    for (const from of statuses) {
      for (const to of statuses) {
        const { rows } = await pool.query(`select ${schema}.deployment_may_move($1, $2, $3) as allowed`, [
          type,
          from,
          to,
        ])
        expect([type, from, to, rows[0].allowed]).toEqual([type, from, to, isAllowedMove(type, from, to)])
      }
    }
  }
  const { id } = await seedDeployment(storage, 'moves')
  const set = (status: string) =>
    pool.query(`update ${schema}.app_deployment set status = $2, published_at = now() where id = $1`, [id, status])
  await expect(set('published')).rejects.toThrow('cannot go from active to published')
  await expect(set('nonsense')).rejects.toThrow()
  expect((await storage.deployments.get(id))?.status).toBe('active')
})

test('an enumeration, a reference and a hash are checked by the database', async () => {
  const { appId } = await seedDeployment(storage, 'checks')
  const statements = [
    `update ${schema}.app set publication_status = 'maybe' where id = '${appId}'`,
    `update ${schema}.app set review_status = 'maybe' where id = '${appId}'`,
    `update ${schema}.app set developer_account_id = 'nobody' where id = '${appId}'`,
    `update ${schema}.developer_account_member set role = 'king'`,
    `insert into ${schema}.app_bundle values ('b', '${appId}', 'client', repeat('0', 64), 1, '\\x00', now())`,
    `insert into ${schema}.app_bundle values ('b', '${appId}', 'image', encode(sha256('\\x00'), 'hex'), 1, '\\x00', now())`,
  ]
  for (const statement of statements) await expect(pool.query(statement)).rejects.toThrow(/violates/)
})

test('a row that Souk did not write is reported as corrupt, and named', async () => {
  const { id } = await seedDeployment(storage, 'corrupt')
  await pool.query(
    `insert into ${schema}.app_deployment (id, app_id, deployment_type, version, client_bundle_id, manifest, status, created_by, created_at)
    select 'deployment-broken', app_id, 'development', '2.0.0', client_bundle_id, '{"manifestVersion":2}', 'active', 'eve', now()
    from ${schema}.app_deployment where id = $1`,
    [id],
  )
  await expect(storage.deployments.get('deployment-broken')).rejects.toMatchObject({
    code: 'CORRUPT_ROW',
    message: expect.stringContaining('manifest'),
  })
  await expect(storage.deployments.get(id)).resolves.toMatchObject({ id })
})
