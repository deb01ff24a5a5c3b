/**
 * Runs the abuse suite, prints what was seen, and keeps it in `outcomes.json`, from which docs/abuse-suite.md is made.
 *
 *   npm run test:abuse                                  all programs against every runtime; needs bubblewrap
 *   npm run test:abuse -- --runtime embedded --only id  some; keeps nothing when there is an --only
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CONTENDERS, type Contender, type Outcomes, runContender } from './contenders'
import { PROGRAMS } from './programs'
import type { Observation } from './run-program'
import { createTheatre } from './theatre'

const { values } = parseArgs({ options: { runtime: { type: 'string', multiple: true }, only: { type: 'string' } } })
const { only = '' } = values
const programs = PROGRAMS.filter(({ id }) => id.includes(only))
const isContender = (name: string): name is Contender => CONTENDERS.some((known) => known === name)
const contenders = (values.runtime ?? [...CONTENDERS]).filter(isContender)
const file = new URL('outcomes.json', import.meta.url)

const print = ({ id, harms, told, ran }: Observation) => {
  const { harm = '' } = programs.find((program) => program.id === id) ?? {}
  console.log(id.padEnd(30), harm.padEnd(10), told.padEnd(28), ran ? harms.join(' ') || 'nothing' : 'never ran')
}

let hasFailed = false
for (const contender of contenders) {
  const theatre = await createTheatre()
  const started = performance.now()
  console.log(`\n${contender}: program, the harm it means, what its caller was told, what it did`)
  const { seen, complaints } = await runContender(contender, theatre, programs, print)
  console.log(`${programs.length} programs, ${((performance.now() - started) / 1000).toFixed(0)} s`)
  for (const complaint of complaints) console.error(complaint)
  hasFailed ||= complaints.length > 0
  theatre.service.close()
  if (only === '') {
    // Written by this program alone.
    const outcomes = JSON.parse(readFileSync(file, 'utf8')) as Outcomes
    const rows = Object.fromEntries(programs.map(({ id }) => [id, seen.get(id)?.harms ?? []]))
    writeFileSync(file, `${JSON.stringify({ ...outcomes, [contender]: rows }, null, 2)}\n`)
  }
}
process.exit(hasFailed ? 1 : 0)
