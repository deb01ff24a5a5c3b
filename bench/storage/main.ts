/**
 * Measures every query of the storage on a real Postgres, with all of a large marketplace and with a hundredth of it.
 *
 *   npm run bench:storage                     1,000,000 installations; takes some minutes and 4 GB of memory
 *   npm run bench:storage -- --json FILE      writes the figures as well
 *   npm run bench:storage -- --quick          small sets and few runs, to see that all of it works; its times mean little
 *   npm run bench:storage -- --divide 10      a tenth of both
 *   DATABASE_URL=... npm run bench:storage -- --keep   on a server of yours; leaves the data there, and loads none that is there
 */
import { parseArgs } from 'node:util'
import type { Storage } from '@souk/server-adapter/storage'
import { createPostgresStorage, fromPool, migrate } from '@souk/storage-pg'
import pg from 'pg'
import { startPostgres } from '../../test/support/postgres'
import { writeFigures } from '../write-figures'
import { type DataSet, dividedBy } from './data-sets'
import { load } from './load'
import { isEmpty, OPERATIONS } from './operations'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    divide: { type: 'string', default: '1' },
    keep: { type: 'boolean', default: false },
  },
})

interface Figures {
  readonly medianMs: number
  readonly p95Ms: number
  readonly runs: number
}

const divisor = values.quick ? 100 : Number(values.divide)
const between = values.quick ? 5 : 100
const [warmups, runs] = values.quick ? [2, 10] : [50, 300]
const SETS: Readonly<Record<'full' | 'hundredth', DataSet>> = {
  full: dividedBy(divisor),
  hundredth: dividedBy(divisor * between),
}

const started = performance.now()
const say = (text: string) =>
  console.error(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${text}`)

const server = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop: async () => {} }
  : // `sync`: the connection itself reads the pages that it asks for, which is how it comes to have touched them.
    await startPostgres([`shared_buffers=${values.quick ? '256MB' : '4GB'}`, 'io_method=sync'])
// One connection, because what it has seen of the server's memory is what the next statement finds.
const pool = new pg.Pool({ connectionString: server.url, max: 1, idleTimeoutMillis: 0 })
try {
  const storages = {} as Record<keyof typeof SETS, Storage>
  for (const name of ['hundredth', 'full'] as const) {
    const schema = `souk_bench_${name}`
    storages[name] = createPostgresStorage({ database: fromPool(pool), schema })
    if (values.keep && (await isLoaded(schema))) continue
    say(
      `loading ${name}: ${SETS[name].installations.toLocaleString('en-US')} installations, ${SETS[name].settings.toLocaleString('en-US')} settings`,
    )
    await pool.query(`drop schema if exists ${schema} cascade`)
    await migrate(fromPool(pool), { schema })
    const client = await pool.connect()
    await load(client, schema, SETS[name])
    client.release(true)
  }
  await pool.query('checkpoint')
  if (!process.env.DATABASE_URL) await warm()

  const operations: Record<string, Record<string, Figures>> = {}
  let n = 0
  for (const [operation, call] of Object.entries(OPERATIONS)) {
    say(operation)
    const times: Record<keyof typeof SETS, number[]> = { full: [], hundredth: [] }
    for (let run = -warmups; run < runs; run++) {
      n++
      // By turns, so that what the machine does beside meets both alike.
      for (const name of run % 2 === 0 ? (['full', 'hundredth'] as const) : (['hundredth', 'full'] as const)) {
        const before = performance.now()
        const answer = await call(storages[name], SETS[name], n)
        const time = performance.now() - before
        if (isEmpty(answer)) throw new Error(`${operation} on ${name} found nothing, so it measures nothing.`)
        if (run >= 0) times[name].push(time)
      }
    }
    operations[operation] = { full: summarise(times.full), hundredth: summarise(times.hundredth) }
  }

  const width = Math.max(...Object.keys(operations).map((name) => name.length))
  console.log(`\n${'median in ms'.padEnd(width)}      full  hundredth   times`)
  for (const [name, { full, hundredth }] of Object.entries(operations)) {
    const [large, small] = [full?.medianMs ?? Number.NaN, hundredth?.medianMs ?? Number.NaN]
    console.log(
      `${name.padEnd(width)}  ${large.toFixed(3).padStart(8)}   ${small.toFixed(3).padStart(8)}  ${(large / small).toFixed(2).padStart(6)}`,
    )
  }

  if (values.json) {
    const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version') as version`)
    writeFigures(values.json, { operations, sets: SETS }, { postgres: rows[0]?.version ?? 'unknown' })
  }
  for (const name of values.keep ? [] : Object.keys(SETS)) await pool.query(`drop schema souk_bench_${name} cascade`)
} finally {
  await pool.end()
  await server.stop()
}

/**
 * Brings every page of both sets into the memory of the server and of the connection. What is measured then is what a
 * statement does, and not what this machine takes to hand a page to a process that has not touched it yet.
 */
async function warm(): Promise<void> {
  say('warming')
  await pool.query('create extension pg_buffercache; create extension pg_prewarm')
  // A page that another connection has brought in would be counted as there, and not touched.
  await pool.query('select pg_buffercache_evict_all()')
  await pool.query(
    `select pg_prewarm(oid, 'buffer') from pg_class where relkind in ('r', 'i') and relnamespace = any($1::text[]::regnamespace[])`,
    [Object.keys(SETS).map((name) => `souk_bench_${name}`)],
  )
}

async function isLoaded(schema: string): Promise<boolean> {
  const { rows } = await pool.query(`select 1 from pg_class where oid = to_regclass($1) and reltuples > 0`, [
    `${schema}.audit_entry`,
  ])
  return rows.length > 0
}

function summarise(times: readonly number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b)
  const quantile = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return { medianMs: quantile(0.5), p95Ms: quantile(0.95), runs: sorted.length }
}
