import { PGlite } from '@electric-sql/pglite'
import { pgDump } from '@electric-sql/pglite-tools/pg_dump'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'
import { dumpSchema } from '../scripts/dump-schema'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPglite } from '../src/from-pglite'
import { fromPool } from '../src/from-pool'
import { migrate } from '../src/migrate'
import { migrationStatus } from '../src/migration-status'
import { createRealDatabase } from './support/real-database'
import { seedDeployment } from './support/seed'

const { pool, end } = await createRealDatabase('souk_backup')
const pglite = await PGlite.create()
const url = new URL(inject('databaseUrl'))
url.pathname = '/souk_restored'

afterAll(async () => {
  await pglite.close()
  await pool.query('drop database if exists souk_restored')
  await end()
})

// pg_dump itself, from npm: the recipe of docs/storage.md, from the embedded database to a server.
test('a pg_dump of the schema is restored on another server with every rule, and Souk goes on there', async () => {
  const source = fromPglite(pglite)
  await migrate(source)
  const before = createPostgresStorage({ database: source })
  const deployment = await seedDeployment(before, 'dumped')
  await before.deployments.move(deployment.id, { to: 'pending-review', from: ['active'] })
  const dump = await pgDump({ pg: pglite, args: ['--schema=souk', '--no-owner', '--inserts'] })
  const script = await dump.text()
  await pool.query('drop database if exists souk_restored')
  await pool.query('create database souk_restored')
  const restored = new pg.Pool({ connectionString: url.href })
  try {
    // Commands of psql, which begin with a backslash, are for psql.
    const statements = script.split('\n').filter((line) => !/^\\(?:un)?restrict /.test(line))
    const client = await restored.connect()
    await client.query(statements.join('\n'))
    client.release(true)

    const database = fromPool(restored)
    expect(await migrationStatus(database)).toMatchObject({ pending: [], newer: false })
    expect(await migrate(database)).toEqual([])
    expect(await dumpSchema(database, 'souk')).toBe(await dumpSchema(source, 'souk'))
    const after = createPostgresStorage({ database })
    expect(await after.deployments.get(deployment.id)).toEqual(await before.deployments.get(deployment.id))
    expect(await after.bundles.content('bundle-dumped')).toEqual(new TextEncoder().encode('dumped'))
    // Rules hold and sequences go on where they were.
    await expect(restored.query('delete from souk.app_deployment')).rejects.toThrow(/immutable/)
    const next = await seedDeployment(after, 'after')
    await after.deployments.move(next.id, { to: 'pending-review', from: ['active'] })
    const queue = await after.deployments.listForReview({ limit: 9 })
    expect(queue.items.map(({ id }) => id)).toEqual([deployment.id, next.id])
  } finally {
    await restored.end()
  }
})
