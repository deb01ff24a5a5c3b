import type { InstallationRecord } from '@souk/server-adapter/storage'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { MIGRATIONS } from '../migrations'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPool } from '../src/from-pool'
import { migrate } from '../src/migrate'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

const { pool, database, schema, end } = await createRealDatabase('souk_connections')
afterAll(end)
const storage = createPostgresStorage({ database, schema })

const installation = (deployment: { id: string; appId: string }, id: string): InstallationRecord => ({
  id,
  appId: deployment.appId,
  organizationId: 'org',
  currentDeploymentId: deployment.id,
  grantedScopes: [],
  grantedEgress: [],
  installedBy: 'ada',
  channel: 'stable',
  installedAt: new Date(),
  uninstalledAt: null,
})

test('of many installs of one app over as many connections, one wins and the others are conflicts', async () => {
  const deployment = await seedDeployment(storage, 'installs')
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      storage.installations.create(installation(deployment, `inst-${index}`), `event-${index}`),
    ),
  )
  const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'won' : outcome.reason.code)).sort()
  expect(codes).toEqual([...Array(9).fill('CONFLICT'), 'won'])
  const { rows } = await pool.query(`select count(*)::int as count from ${schema}.installation_event`)
  expect(rows[0].count).toBe(1)
})

test('of many publishes of one deployment over as many connections, one wins', async () => {
  const { id, appId } = await seedDeployment(storage, 'publishes')
  await storage.deployments.move(id, { to: 'pending-review', from: ['active'] })
  await storage.deployments.move(id, { to: 'approved', from: ['pending-review'] })
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () =>
      storage.deployments.move(id, { to: 'published', from: ['approved'], publishedAt: new Date() }),
    ),
  )
  expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1)
  expect(await storage.apps.get(appId)).toMatchObject({ publicationStatus: 'published', reviewStatus: 'published' })
})

test('twenty migrations at once run each step once', async () => {
  const name = 'souk_migrations'
  await pool.query(`drop schema if exists ${name} cascade`)
  const ran = await Promise.all(Array.from({ length: 20 }, () => migrate(database, { schema: name })))
  // Whoever holds the lock runs the next step, so which caller ran which is open.
  expect(ran.flat().sort()).toEqual(MIGRATIONS.map((migration) => migration.name).sort())
  const { rows } = await pool.query(`select id, name from ${name}.migration order by id`)
  expect(rows).toEqual(MIGRATIONS.map(({ id, name }) => ({ id, name })))

  await pool.query(`insert into ${name}.migration (id, name) values (1000, 'from the future')`)
  await expect(migrate(database, { schema: name })).rejects.toMatchObject({ code: 'DATABASE_NEWER' })
  await pool.query(`drop schema ${name} cascade`)
})

test('a migration that fails leaves nothing behind', async () => {
  const name = 'souk_half'
  await pool.query(
    `drop schema if exists ${name} cascade; create schema ${name}; create table ${name}.app_bundle (id int)`,
  )
  await expect(migrate(database, { schema: name })).rejects.toThrow()
  const { rows } = await pool.query(`select table_name from information_schema.tables where table_schema = $1`, [name])
  expect(rows).toEqual([{ table_name: 'app_bundle' }])
  await pool.query(`drop schema ${name} cascade`)
})

test('a connection that is killed is UNAVAILABLE, inside a transaction and outside, and the pool recovers', async () => {
  const deployment = await seedDeployment(storage, 'killed')
  // A pool of one connection and without a listener of its own, as a product may have it.
  const victim = new pg.Pool({ connectionString: inject('databaseUrl'), max: 1 })
  const victims = createPostgresStorage({ database: fromPool(victim), schema })
  const kill = (pid: number) => pool.query('select pg_terminate_backend($1)', [pid])
  const pidOf = async () => (await victim.query('select pg_backend_pid() as pid')).rows[0].pid as number
  const waiting = async (pid: number) => {
    for (;;) {
      const { rows } = await pool.query(`select 1 from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`, [
        pid,
      ])
      if (rows.length > 0) return
    }
  }

  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query(`select 1 from ${schema}.app where id = $1 for update`, [deployment.appId])
  for (const work of [
    () => victims.deployments.move(deployment.id, { to: 'pending-review', from: ['active'] }),
    () => victims.installations.create(installation(deployment, 'killed'), 'killed'),
  ]) {
    const pid = await pidOf()
    const failed = expect(work()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await waiting(pid)
    await kill(pid)
    await failed
  }
  await holder.query('commit')
  holder.release()

  expect(await victims.deployments.get(deployment.id)).toEqual(deployment)
  expect(await victims.deployments.move(deployment.id, { to: 'pending-review', from: ['active'] })).toMatchObject({
    status: 'pending-review',
  })

  // Killed while idle, where nobody waits for an answer.
  const closed = new Promise((resolve) => victim.once('remove', resolve))
  await kill(await pidOf())
  await closed
  expect(await victims.apps.get(deployment.appId)).toMatchObject({ id: deployment.appId })
  await victim.end()
  await expect(victims.apps.get('x')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

test('a server that is not there is UNAVAILABLE', async () => {
  const nowhere = new pg.Pool({ connectionString: 'postgres://nobody@127.0.0.1:1/none' })
  const nothing = createPostgresStorage({ database: fromPool(nowhere) })
  await expect(nothing.apps.get('x')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(nothing.deployments.move('x', { to: 'pending-review', from: ['active'] })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })
  await nowhere.end()
})

test('a serialisation failure runs the transaction again, a bounded number of times', async () => {
  const collision = Object.assign(new Error('could not serialize access'), { code: '40001' })
  let runs = 0
  const failing = (failures: number) =>
    createPostgresStorage({
      schema,
      database: {
        query: database.query,
        transaction: (work) => (++runs <= failures ? Promise.reject(collision) : database.transaction(work)),
      },
    })
  expect(await failing(3).apps.updateListing('none', {})).toBe(null)
  expect(runs).toBe(4)
  runs = 0
  await expect(failing(1000).apps.updateListing('none', {})).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(runs).toBe(5)
})

test('a storage on a database that was not migrated says so', async () => {
  const unmigrated = createPostgresStorage({ database, schema: 'souk_nothing_here' })
  await expect(unmigrated.apps.get('x')).rejects.toMatchObject({
    code: 'DATABASE_NOT_MIGRATED',
    message: expect.stringContaining('migrate(database)'),
  })
})

test('rows read the same under type parsers that the product changed', async () => {
  const expected = await seedDeployment(storage, 'parsers')
  const raw = (value: unknown) => value
  const strange = new pg.Pool({
    connectionString: inject('databaseUrl'),
    // Every value as the text it came in: no dates, no numbers, no JSON, no arrays, no bytes.
    types: { getTypeParser: () => raw },
  })
  const strangers = createPostgresStorage({ database: fromPool(strange), schema })
  expect(await strangers.deployments.get(expected.id)).toEqual(expected)
  expect(await strangers.apps.get(expected.appId)).toEqual(await storage.apps.get(expected.appId))
  expect(await strangers.bundles.content('bundle-parsers')).toEqual(new TextEncoder().encode('parsers'))
  await strange.end()
})
