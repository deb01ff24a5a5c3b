/**
 * Measures the hot routes of the API on a real Postgres, beside a bare handler with one indexed query.
 *
 *   npm run bench:server                 some minutes
 *   npm run bench:server -- --json FILE  writes the figures as well
 *   npm run bench:server -- --quick      a few requests, to see that all of it works
 */
import { parseArgs } from 'node:util'
import { startPostgres } from '../../test/support/postgres'
import { writeFigures } from '../write-figures'
import { createProduct } from './create-product'
import { type Figures, measure } from './measure'
import { operationsOf } from './operations'

const { values } = parseArgs({ options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } } })

const runs = values.quick ? 40 : 4000
const postgres = await startPostgres()
try {
  const product = await createProduct(postgres.url, values.quick ? 3 : 100)
  const operations: Record<string, { souk: Figures; bare: Figures }> = {}
  console.log('operation        souk ms  p99     req/s   bare ms  p99     req/s   median   p99  req/s: times bare')
  for (const [name, operation] of Object.entries(operationsOf(product))) {
    // Beside each, so that both have the same minute of the machine.
    const bare = await measure({ url: `${product.bare}/row` }, runs)
    const souk = await measure(operation, runs)
    operations[name] = { souk, bare }
    const cells = [souk, bare].flatMap((one) => [one.medianMs, one.p99Ms, one.throughput])
    const ratios = [souk.medianMs / bare.medianMs, souk.p99Ms / bare.p99Ms, souk.throughput / bare.throughput]
    const times = ratios.map((ratio) => `${ratio.toFixed(2)} x`.padStart(7))
    console.log([name.padEnd(15), ...cells.map((cell) => String(cell).padStart(7)), ...times].join(' '))
  }
  if (values.json) writeFigures(values.json, { operations })
  await product.close()
} finally {
  await postgres.stop()
}
process.exit(0)
