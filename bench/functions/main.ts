/**
 * Measures calls of server functions beside a bare child process and a call in this process.
 *
 *   npm run bench:functions                 some minutes
 *   npm run bench:functions -- --json FILE  writes the figures as well
 *   npm run bench:functions -- --quick      a few calls, to see that all of it works
 *   npm run bench:functions -- --only warm,kill
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveDeno } from '../../packages/server-adapter/src/runtime/resolve-deno'
import { writeFigures } from '../write-figures'
import { buildBundle } from './contenders/bundle'
import { type AllResults, goalsOf, OPERATIONS, type OperationName } from './goals'
import type { Results } from './measure'
import { measureCold, measureColdPooled } from './operations/cold'
import { measureHundredApps } from './operations/hundred-apps'
import { measureKill } from './operations/kill'
import type { Stage } from './operations/stage'
import { measureWarm } from './operations/warm'
import { goalsTable, operationsTable } from './report'

const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})

const started = performance.now()
const say = (text: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`)

const folder = mkdtempSync(join(tmpdir(), 'souk-bench-functions-'))
try {
  say('building')
  const bundle = await buildBundle(folder)
  const stage: Stage = { bundle, folder, deno: resolveDeno(), isQuick: values.quick, say }
  const all: Readonly<Record<OperationName, () => Promise<Results>>> = {
    warm: () => measureWarm(stage),
    cold: () => measureCold(stage),
    coldPooled: () => measureColdPooled(stage),
    hundredApps: () => measureHundredApps(stage),
    kill: () => measureKill(stage),
  }
  const only = values.only?.split(',')
  const operations: { -readonly [Name in keyof AllResults]: AllResults[Name] } = {}
  for (const name of OPERATIONS) {
    if (only && !only.includes(name)) continue
    say(name)
    operations[name] = await all[name]()
  }
  const goals = goalsOf(operations)
  console.log(`${operationsTable(operations)}\n\n${goalsTable(goals)}`)
  if (values.json) writeFigures(values.json, { operations, goals, bundleBytes: Buffer.byteLength(bundle.source) })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
