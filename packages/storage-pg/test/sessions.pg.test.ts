import { storageConformance } from '@souk/server-adapter/testing'
import pg from 'pg'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import type { Database, Queryable } from '../src/database'
import { fromClient } from '../src/from-client'
import { fromPool } from '../src/from-pool'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

const { pool, database, schema, end } = await createRealDatabase('souk_sessions')
afterAll(end)

describe('behind a pooler in transaction mode', async () => {
  // Each transaction, and each statement outside of one, on another of a few long-lived sessions, which are never reset in between.
  const sessions = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const client = new pg.Client({ connectionString: inject('databaseUrl') })
      await client.connect()
      return client
    }),
  )
  afterAll(() => Promise.all(sessions.map((client) => client.end())))
  const free = [...sessions]
  const waiting: ((client: pg.Client) => void)[] = []
  const take = () =>
    new Promise<pg.Client>((resolve) => {
      // Never the one that was given back last, as long as there is another.
      const client = free.shift()
      if (client) resolve(client)
      else waiting.push(resolve)
    })
  const giveBack = (client: pg.Client) => {
    const next = waiting.shift()
    if (next) next(client)
    else free.push(client)
  }
  const pooler = {
    async query(text: string, params?: unknown[]) {
      const client = await take()
      return client.query(text, params).finally(() => giveBack(client))
    },
    async connect() {
      const client = await take()
      return {
        query: (text: string, params?: unknown[]) => client.query(text, params),
        release: () => giveBack(client),
        on: client.on.bind(client),
        off: client.off.bind(client),
      }
    },
    listenerCount: () => 1,
    on: () => {},
  }
  storageConformance({ test, createStorage: () => createPostgresStorage({ database: fromPool(pooler), schema }) })

  test('no session holds a statement, a lock or a setting of Souk when it is given back', async () => {
    for (const client of sessions) {
      const { rows } = await client.query(
        `select (select count(*)::int from pg_prepared_statements) as statements,
          (select count(*)::int from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks,
          coalesce(current_setting('souk.removing_unused', true), '') as setting`,
      )
      expect(rows[0]).toEqual({ statements: 0, locks: 0, setting: '' })
    }
  })
})

describe('on a server whose default is serializable', async () => {
  const strict = new pg.Pool({
    connectionString: inject('databaseUrl'),
    options: '-c default_transaction_isolation=serializable',
    max: 12,
  })
  afterAll(() => strict.end())
  let collisions = 0
  const counting = (inner: Queryable): Queryable => ({
    query: (text, params) =>
      inner.query(text, params).catch((error: { code?: string }) => {
        if (error.code === '40001') collisions++
        throw error
      }),
  })
  const counted: Database = {
    ...counting(fromPool(strict)),
    transaction: (work) => fromPool(strict).transaction((tx) => work(counting(tx))),
  }
  storageConformance({ test, createStorage: () => createPostgresStorage({ database: counted, schema }) })

  test('real serialisation failures came up and were tried again', async () => {
    const storage = createPostgresStorage({ database: counted, schema })
    const { id } = await seedDeployment(storage, 'serial')
    collisions = 0
    const key = {
      id: '',
      developerAccountId: 'account-serial',
      userId: 'ada',
      name: 'n',
      scopes: ['read'] as const,
      keyHash: '',
      createdAt: new Date(),
      expiresAt: null,
      revokedAt: null,
    }
    await storage.apiKeys.create({ ...key, id: 'key-serial', keyHash: 'hash-serial' })
    for (let round = 0; round < 20 && collisions === 0; round++)
      await Promise.all(
        Array.from({ length: 10 }, () => storage.apiKeys.revoke('account-serial', 'key-serial', new Date())),
      )
    expect(collisions).toBeGreaterThan(0)
    expect(await storage.deployments.get(id)).toMatchObject({ id })
  })
})

describe('inside a transaction of the product', () => {
  const storage = createPostgresStorage({ database, schema })
  const inTransaction = async (
    ending: 'commit' | 'rollback',
    work: (client: pg.PoolClient) => Promise<void>,
    begin = 'begin',
  ) => {
    const client = await pool.connect()
    try {
      await client.query(begin)
      await work(client)
      await client.query(ending)
    } finally {
      client.release()
    }
  }

  test.each(['commit', 'rollback'] as const)('what Souk wrote goes with the %s of the product', async (ending) => {
    await pool.query(`create table if not exists ${schema}.product_order (id text primary key)`)
    await inTransaction(ending, async (client) => {
      const joined = createPostgresStorage({ database: fromClient(client), schema })
      await client.query(`insert into ${schema}.product_order values ($1)`, [ending])
      const deployment = await seedDeployment(joined, `joined-${ending}`)
      expect(await joined.deployments.get(deployment.id)).toEqual(deployment)
      expect(await storage.deployments.get(deployment.id)).toBe(null)
      // Several at once, as services call it.
      await Promise.all([
        joined.deployments.move(deployment.id, { to: 'pending-review', from: ['active'] }),
        joined.apps.updateListing(deployment.appId, { title: 'Joined' }),
        joined.apps.get(deployment.appId),
      ])
    })
    const kept = ending === 'commit'
    expect((await storage.apps.get(`app-joined-${ending}`))?.title).toBe(kept ? 'Joined' : undefined)
    expect((await pool.query(`select id from ${schema}.product_order where id = $1`, [ending])).rows).toHaveLength(
      kept ? 1 : 0,
    )
  })

  test('a refusal of Souk leaves the transaction of the product usable, and nothing of itself', async () => {
    const deployment = await seedDeployment(storage, 'refused')
    await inTransaction('commit', async (client) => {
      const joined = createPostgresStorage({ database: fromClient(client), schema })
      await expect(seedDeployment(joined, 'refused')).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(
        joined.deployments.move(deployment.id, { to: 'published', from: ['active'], publishedAt: new Date() }),
      ).rejects.toMatchObject({ code: 'CONFLICT' })
      await seedDeployment(joined, 'refused-then-made')
    })
    expect(await storage.deployments.get('deployment-refused-then-made')).not.toBe(null)
    expect((await storage.deployments.get(deployment.id))?.status).toBe('active')
  })

  test('a serialisation failure is UNAVAILABLE, because all of the transaction has to run again', async () => {
    const { appId } = await seedDeployment(storage, 'serialised')
    await inTransaction(
      'rollback',
      async (client) => {
        const joined = createPostgresStorage({ database: fromClient(client), schema })
        await joined.apps.get(appId)
        await storage.apps.updateListing(appId, { title: 'First' })
        await expect(joined.apps.updateListing(appId, { title: 'Second' })).rejects.toMatchObject({
          code: 'UNAVAILABLE',
        })
      },
      'begin isolation level repeatable read',
    )
    expect((await storage.apps.get(appId))?.title).toBe('First')
  })
})
