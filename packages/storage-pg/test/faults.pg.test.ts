import { isStorageError, type Storage } from '@souk/server-adapter/storage'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CrashablePostgres, startCrashablePostgres } from '../../../test/support/postgres'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPool } from '../src/from-pool'
import { migrate } from '../src/migrate'
import { seedDeployment } from './support/seed'

// A server of its own, which is killed and has its disk filled.
let server: CrashablePostgres
let pool: pg.Pool
let storage: Storage

beforeAll(async () => {
  server = await startCrashablePostgres()
  pool = new pg.Pool({ connectionString: server.url, max: 8 })
  await migrate(fromPool(pool))
  storage = createPostgresStorage({ database: fromPool(pool) })
})

afterAll(async () => {
  await pool?.end()
  await server?.stop()
})

interface Outcome {
  readonly acknowledged: readonly string[]
  readonly refused: readonly { readonly id: string; readonly code: string }[]
}

/** Installs one app for as many organizations, eight at a time: each is one call that writes an installation and its event. */
const install = async (name: string, count: number, onAcknowledged: (count: number) => void): Promise<Outcome> => {
  const deployment = await seedDeployment(storage, name)
  const acknowledged: string[] = []
  const refused: { id: string; code: string }[] = []
  let next = 0
  const work = async () => {
    while (next < count) {
      const id = `${name}-${next++}`
      try {
        await storage.installations.create(
          {
            id,
            appId: deployment.appId,
            organizationId: id,
            currentDeploymentId: deployment.id,
            grantedScopes: ['tickets:read'],
            grantedEgress: [],
            installedBy: 'ada',
            channel: 'stable',
            installedAt: new Date(),
            uninstalledAt: null,
          },
          `event-${id}`,
        )
        await storage.deployments.get(deployment.id)
        acknowledged.push(id)
        onAcknowledged(acknowledged.length)
      } catch (error) {
        refused.push({ id, code: isStorageError(error) ? error.code : `not coded: ${String(error)}` })
        // As a caller who tries again waits: otherwise all that is left fails in the moment in which the server is gone.
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return { acknowledged, refused }
}

const checkInstalled = async (name: string, { acknowledged, refused }: Outcome) => {
  const { rows } = await pool.query<{ id: string; events: number }>(
    `select i.id, (select count(*)::int from souk.installation_event e where e.installation_id = i.id) as events
    from souk.app_installation i where i.app_id = $1`,
    [`app-${name}`],
  )
  const kept = new Set(rows.map(({ id }) => id))
  expect(
    acknowledged.filter((id) => !kept.has(id)),
    'acknowledged and lost',
  ).toEqual([])
  expect(
    rows.filter(({ events }) => events !== 1),
    'half written',
  ).toEqual([])
  const orphans = await pool.query(
    `select e.id from souk.installation_event e left join souk.app_installation i on i.id = e.installation_id where i.id is null`,
  )
  expect(orphans.rows).toEqual([])
  expect(
    refused.filter(({ code }) => code !== 'UNAVAILABLE'),
    'not coded',
  ).toEqual([])
}

test('a server that is killed in the middle of 1,000 writes keeps what it acknowledged, and the pool goes on by itself', async () => {
  let crashed: Promise<void> | undefined
  const outcome = await install('killed', 1_000, (count) => {
    if (count >= 300) crashed ??= server.crash().then(() => server.restart())
  })
  await crashed
  expect(outcome.acknowledged.length + outcome.refused.length).toBe(1_000)
  expect(outcome.refused.length).toBeGreaterThan(0)
  // Writes after the restart, on the same pool.
  expect(outcome.acknowledged.length).toBeGreaterThan(300)
  await checkInstalled('killed', outcome)
  expect((await storage.installations.listActive('killed-0', { limit: 100 })).items.length).toBe(1)
})

test('connections that are cut at random lose no acknowledged write and leave no half one', async () => {
  const cutter = new pg.Client({ connectionString: server.url })
  await cutter.connect()
  let cuts = 0
  let isDone = false
  const cut = async () => {
    while (!isDone) {
      const { rowCount } = await cutter.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and backend_type = 'client backend' order by random() limit 1`,
      )
      cuts += rowCount ?? 0
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 30))
    }
  }
  let cutting: Promise<void> | undefined
  const outcome = await install('cut', 1_000, () => {
    cutting ??= cut()
  }).finally(async () => {
    isDone = true
    await cutting
    await cutter.end()
  })
  expect(cuts).toBeGreaterThan(5)
  expect(outcome.refused.length).toBeGreaterThan(0)
  await checkInstalled('cut', outcome)
  expect((await install('after-cut', 20, () => {})).acknowledged).toHaveLength(20)
})

describe('on a full disk', () => {
  test('writes are UNAVAILABLE, reads go on, and once there is room again everything does', async () => {
    // A disk of 32 MB that only root can mount. Where it cannot be, this says so instead of passing.
    expect(server.smallDisk, 'run as root, with unshare and setpriv, to have a small disk').not.toBe(null)
    await pool.query(`create tablespace small location '${server.smallDisk}'`)
    await pool.query('create database small tablespace small')
    const url = new URL(server.url)
    url.pathname = '/small'
    const small = new pg.Pool({ connectionString: url.href, max: 4 })
    try {
      await migrate(fromPool(small))
      const on = createPostgresStorage({ database: fromPool(small) })
      const deployment = await seedDeployment(on, 'full')
      await small.query('create table filler (bytes text)')
      await small.query('alter table filler alter bytes set storage external')
      const fill = async () => {
        for (let bytes = 1_000_000; bytes > 1_000; ) {
          await small
            .query(`insert into filler select repeat('x', $1) from generate_series(1, 1)`, [bytes])
            .catch(() => (bytes = Math.floor(bytes / 2)))
        }
      }
      await fill()

      const content = new TextEncoder().encode('y'.repeat(500_000) + Math.random())
      const { createHash } = await import('node:crypto')
      const bundle = {
        id: 'bundle-late',
        appId: deployment.appId,
        bundleType: 'client' as const,
        sha256: createHash('sha256').update(content).digest('hex'),
        sizeBytes: content.byteLength,
        createdAt: new Date(),
      }
      const random = () => Array.from({ length: 4_000 }, () => Math.random().toString(36).slice(2)).join('')
      const refusal = await (async () => {
        for (let index = 0; index < 200; index++) await on.apps.updateListing(deployment.appId, { overview: random() })
      })().catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 'UNAVAILABLE', cause: { code: '53100' } })
      expect(await on.deployments.get(deployment.id)).toEqual(deployment)
      const before = await on.apps.get(deployment.appId)

      await small.query('drop table filler')
      expect(await on.bundles.put(bundle, content)).toEqual(bundle)
      expect(await on.apps.get(deployment.appId)).toEqual(before)
      expect(await on.apps.updateListing(deployment.appId, { overview: 'room' })).toMatchObject({ overview: 'room' })
    } finally {
      await small.end()
    }
  })
})
