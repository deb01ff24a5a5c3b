/**
 * Measures the bridge against its peers in a real Chromium.
 *
 *   npm run bench:ui                     everything, some minutes
 *   npm run bench:ui -- --json FILE      writes the figures as well
 *   npm run bench:ui -- --quick          a few runs, to see that all of it works
 *   npm run bench:ui -- --only souk,raw  some contenders
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { resolveChromium } from '../../scripts/chromium.mjs'
import { writeFigures } from '../write-figures'
import { buildScripts, type Scripts } from './run/build-scripts'
import { BARE, CONTENDERS, MANY } from './run/contenders'
import { deployApp } from './run/deploy-app'
import { measureMany } from './run/measure-many'
import { measureMounting } from './run/measure-mounting'
import { measureOperations } from './run/measure-operations'
import { measureTyping } from './run/measure-typing'
import { manyText, mountTable, operationTable, trafficTable, typingTable } from './run/report'
import { serve } from './run/serve'

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
})

// A test runner sets another one, which would give React's development builds.
process.env.NODE_ENV = 'production'

const only = values.only?.split(',')
const chosen = CONTENDERS.filter(({ name }) => !only || only.includes(name))
const contenders = chosen.map(({ name }) => name)
const started = performance.now()
const say = (text: string) =>
  console.error(`${((performance.now() - started) / 1_000).toFixed(0).padStart(4)} s  ${text}`)

/** As much script as Souk's runtime is, never called. */
const ballast = () => {
  const file = new URL('../../packages/extension-sdk/dist/frame/worker.js', import.meta.url)
  return `const ballast = () => {${readFileSync(file, 'utf8')}};\n`
}

const work = mkdtempSync(join(tmpdir(), 'souk-bench-ui-'))
const closing: (() => unknown)[] = [() => rmSync(work, { recursive: true, force: true })]
try {
  say('building')
  const deployed = await deployApp(join(work, 'app'))
  const scripts = new Map<string, Scripts>()
  for (const contender of chosen) scripts.set(contender.name, await buildScripts(contender, work))
  const bare = await buildScripts(BARE, work)
  scripts.set(BARE.name, { ...bare, frame: `${ballast()}${bare.frame}` })
  scripts.set(MANY.name, await buildScripts(MANY, work))
  const server = await serve(deployed, scripts)
  closing.unshift(() => server.close())
  const { args, ...found } = await resolveChromium()
  // What Chrome does on every desktop, and some builds and small machines do not: each site has a process of its own.
  const browser = await chromium.launch({ ...found, args: [...args, '--site-per-process'] })
  closing.unshift(() => browser.close())

  const common = { browser, origin: server.origin, onRound: say }
  const measured = await measureOperations({
    ...common,
    contenders,
    warmups: values.quick ? 0 : 3,
    rounds: Number(values.rounds ?? (values.quick ? 0 : 12)),
  })
  console.log(`\nMedians in ms and times raw\n\n${operationTable(measured.operations, contenders)}`)
  console.log(
    `\nMessages / bytes / main thread of the page in ms / tasks over 50 ms\n\n${trafficTable(measured.operations, contenders)}`,
  )

  const typists = values.quick ? contenders.filter((name) => name === 'souk' || name === 'raw') : contenders
  const typing = await measureTyping({ ...common, contenders: typists, length: values.quick ? 20 : 60 })
  console.log(`\nTyping: runs with exactly the right text\n\n${typingTable(typing, typists)}`)

  const mounting = await measureMounting({
    ...common,
    contenders: [...(values.quick ? typists : contenders), BARE.name],
    rounds: values.quick ? 1 : 10,
  })
  console.log(`\nMounting: until the page has the content, in ms\n\n${mountTable(mounting)}`)

  const many = await measureMany({ ...common, rounds: values.quick ? 1 : 5 })
  console.log(`\nMany surfaces: ${manyText(many)}`)

  if (values.json) writeFigures(values.json, { ...measured, typing, mounting, many }, { chromium: browser.version() })
} finally {
  for (const close of closing) await close()
}
