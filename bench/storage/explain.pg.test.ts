import { createPostgresStorage, type Database, fromPool, migrate, type Queryable } from '@souk/storage-pg'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
// Brings the type of `inject('databaseUrl')`.
import type {} from '../../test/support/postgres-global-setup'
import type { DataSet } from './data-sets'
import { load } from './load'
import { isEmpty, OPERATIONS } from './operations'

// Large enough that reading a table through costs more than an index, so that the planner decides as it would in production.
const SET: DataSet = {
  accounts: 2_000,
  apps: 4_000,
  deployments: 20_000,
  organizations: 4_000,
  installations: 20_000,
  settings: 100_000,
  functionCalls: 20_000,
  auditEntries: 20_000,
}
const schema = 'souk_explain'
const pool = new pg.Pool({ connectionString: inject('databaseUrl'), max: 2 })

beforeAll(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`)
  await migrate(fromPool(pool), { schema })
  const client = await pool.connect()
  await load(client, schema, SET)
  client.release(true)
})

afterAll(async () => {
  await pool.query(`drop schema if exists ${schema} cascade`)
  await pool.end()
})

/** Asks for the plan of each statement, with the parameters it came with, before it runs. */
const explaining = (plans: Map<string, string>): Database => {
  const explained = (inner: Queryable): Queryable => ({
    async query(text, params) {
      if (/^\s*(?:select|insert|update|delete|with)\b/i.test(text) && !plans.has(text)) {
        const rows = (await inner.query(`explain ${text}`, params)) as readonly { 'QUERY PLAN': string }[]
        plans.set(text, rows.map((row) => row['QUERY PLAN']).join('\n'))
      }
      return inner.query(text, params)
    },
  })
  const database = fromPool(pool)
  return { ...explained(database), transaction: (work) => database.transaction((tx) => work(explained(tx))) }
}

// Each with a number of its own, under which it writes.
const numbered = Object.entries(OPERATIONS).map(([name, call], index) => [name, call, index + 1] as const)

test.each(numbered)('%s reads no table through', async (_, call, n) => {
  const plans = new Map<string, string>()
  const storage = createPostgresStorage({ database: explaining(plans), schema })
  expect(isEmpty(await call(storage, SET, n))).toBe(false)
  expect(plans.size).toBeGreaterThan(0)
  for (const [text, plan] of plans) expect(plan, `${text}\n${plan}`).not.toContain('Seq Scan')
})

test('a query without an index would be seen', async () => {
  const plans = new Map<string, string>()
  await explaining(plans).query(`select 1 from ${schema}.app_setting where value::text = $1`, ['x'])
  expect([...plans.values()].join()).toContain('Seq Scan')
})
