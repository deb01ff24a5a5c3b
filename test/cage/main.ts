// Usage: npm run test:cage -- [--json FILE] [--mode origin|opaque] [--only ID,ID] [--no-controls]
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Isolation } from './attack'
import { findSurprise, runSuite } from './run-suite'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    mode: { type: 'string' },
    only: { type: 'string' },
    'no-controls': { type: 'boolean', default: false },
  },
})

const SIGNS = { blocked: '✓', succeeded: '✗', inconclusive: '?' }

const started = performance.now()
const { attacks, controls } = await runSuite({
  ...(values.mode ? { modes: [values.mode as Isolation] } : {}),
  ...(values.only ? { only: values.only.split(',') } : {}),
  controls: !values['no-controls'],
  onResult: ({ id, mode, outcome, evidence }) =>
    console.log(`${SIGNS[outcome]} ${mode.padEnd(6)} ${id.padEnd(36)} ${evidence}`),
})
for (const { id, mode, weakened, caught, succeeded } of controls)
  console.log(
    `${caught ? '✓' : '✗'} control ${id} (${mode}): ${weakened}; ${caught ? `caught by ${succeeded.join(', ')}` : 'NOT caught'}`,
  )

const surprises = attacks.flatMap((result) => findSurprise(result) ?? [])
const missed = controls.filter(({ caught }) => !caught)
for (const surprise of surprises) console.error(`\n${surprise}`)
console.log(
  `\n${attacks.length} attacks: ${attacks.filter(({ outcome }) => outcome === 'blocked').length} blocked, ` +
    `${attacks.filter(({ outcome }) => outcome === 'succeeded').length} succeeded, ${attacks.filter(({ outcome }) => outcome === 'inconclusive').length} inconclusive; ` +
    `${controls.length - missed.length} of ${controls.length} controls caught; ${Math.round((performance.now() - started) / 1000)} s`,
)
if (values.json) await writeFile(values.json, `${JSON.stringify({ attacks, controls }, null, 2)}\n`)
process.exit(surprises.length > 0 || missed.length > 0 ? 1 : 0)
