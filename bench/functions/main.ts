/**
 * Measures calls of server functions beside a bare child process and a call in this process.
 *
 *   npm run bench:functions                 some minutes
 *   npm run bench:functions -- --json FILE  writes the figures as well
 *   npm run bench:functions -- --quick      a few calls, to see that all of it works
 *   npm run bench:functions -- --only warm,kill
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveDeno } from '../../packages/server-adapter/src/runtime/resolve-deno'
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
  if (values.json) {
    const machine = {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform} ${process.arch}`,
    }
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim()
    const bundleBytes = Buffer.byteLength(bundle.source)
    writeFileSync(values.json, `${JSON.stringify({ operations, goals, bundleBytes, machine, commit }, null, 2)}\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
