/**
 * Sends many requests to Souk on a real Postgres and looks at its heap, after the first tenth and after each further one.
 *
 *   node --expose-gc --import tsx bench/server/memory.ts [requests]   default 200,000; prints JSON
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { startPostgres } from '../../test/support/postgres'
import { createProduct } from './create-product'
import { measure } from './measure'
import { operationsOf } from './operations'

const { gc } = globalThis
if (!gc) throw new Error('Run it with node --expose-gc.')

const requests = Number(process.argv[2] ?? 200_000)
const PARTS = 10

/** Megabytes that are still held when all garbage is gone. */
const heapMb = async (): Promise<number> => {
  for (let i = 0; i < 3; i++) {
    gc()
    await sleep(50)
  }
  return Number((process.memoryUsage().heapUsed / 2 ** 20).toFixed(2))
}

const postgres = await startPostgres()
try {
  const product = await createProduct(postgres.url, 20)
  const operations = Object.values(operationsOf(product))
  const heap: number[] = []
  for (let part = 0; part < PARTS; part++) {
    for (const operation of operations) await measure(operation, Math.ceil(requests / PARTS / operations.length), 0)
    heap.push(await heapMb())
    process.stderr.write(`${((part + 1) * requests) / PARTS} requests: ${heap.at(-1)} MB\n`)
  }
  console.log(JSON.stringify({ requests, heapMb: heap, rssMb: Math.round(process.memoryUsage().rss / 2 ** 20) }))
  await product.close()
} finally {
  await postgres.stop()
}
process.exit(0)
