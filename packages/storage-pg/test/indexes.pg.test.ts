import { storageConformance } from '@souk/server-adapter/testing'
import { afterAll, expect, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import type { Database, Queryable } from '../src/database'
import { createRealDatabase } from './support/real-database'

const { pool, database, schema, end } = await createRealDatabase('souk_indexes')
afterAll(end)

/** Remembers each statement with the parameters it came with first. */
const recording = (statements: Map<string, readonly unknown[]>): Database => {
  const record = (inner: Queryable): Queryable => ({
    query(text, params = []) {
      if (!statements.has(text)) statements.set(text, params)
      return inner.query(text, params)
    },
  })
  return { ...record(database), transaction: (work) => database.transaction((tx) => work(record(tx))) }
}

test('every statement of the storage finds its rows by an index', async () => {
  const statements = new Map<string, readonly unknown[]>()
  const cases: (() => Promise<void>)[] = []
  storageConformance({
    test: (_, run) => cases.push(run),
    createStorage: () => createPostgresStorage({ database: recording(statements), schema }),
  })
  for (const run of cases) await run()
  expect(statements.size).toBeGreaterThan(40)

  const client = await pool.connect()
  const scans: string[] = []
  try {
    // With sequential scans made dear, one that is left has no index it could use instead.
    await client.query('begin; set local enable_seqscan = off')
    for (const [text, params] of statements) {
      await client.query('savepoint one')
      const { rows } = await client.query(`explain ${text}`, [...params]).catch(() => ({ rows: [] }))
      await client.query('rollback to savepoint one')
      const plan = rows.map((row: { 'QUERY PLAN': string }) => row['QUERY PLAN']).join('\n')
      if (plan.includes('Seq Scan')) scans.push(`${text}\n${plan}`)
      expect(plan, text).not.toBe('')
    }
  } finally {
    client.release(true)
  }
  expect(scans).toEqual([])
})
