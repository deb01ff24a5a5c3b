/**
 * Everything that proves the product, one group after another so that they do not starve each other on two cores.
 *
 *   node scripts/test.mjs                 all groups but the long ones
 *   node scripts/test.mjs long            the quick benchmarks and the abuse suite, on a machine of their own
 *   node scripts/test.mjs types units     some of them
 *
 * The last line is `N passed, N failed`. A skipped test counts as failed: what is not proven is not done.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const reports = mkdtempSync(join(tmpdir(), 'souk-test-'))

const command = (...words) => ({ words })
/** It writes nothing that others read, and has no clock in it. */
const reading = (...words) => ({ words, isReading: true })
const vitest = (...projects) => ({ projects })
/** Vitest keeps a core for itself, which on two leaves one. Pages of a browser cannot share the focus, so they stay one by one. */
const atOnce = (group) => ({ ...group, workers: Math.max(2, availableParallelism() - 1) })

/**
 * Each group runs in this order. What later groups need built is built by `build`; commands beside one another that only read it run two
 * at a time.
 */
const GROUPS = {
  lockfile: command('node', 'scripts/complete-lockfile.mjs', '--check'),
  format: command('npm', 'run', '--silent', 'lint'),
  build: command('node', 'scripts/build.mjs'),
  types: reading('node', 'scripts/types.mjs'),
  packages: reading('node', 'scripts/check-packages.mjs'),
  storybook: reading('npm', 'run', '--silent', 'storybook:build'),
  unused: reading('npm', 'run', '--silent', 'knip'),
  sizes: reading('npm', 'run', '--silent', 'size'),
  units: atOnce(vitest('node', 'dom', 'react18', 'extensions')),
  postgres: atOnce(vitest('pg')),
  browser: vitest('browser', 'storybook'),
  e2e: vitest('e2e'),
  cage: vitest('cage'),
}

/** Only when named. */
const LONG = { long: vitest('long') }

const run = (words) =>
  new Promise((resolve) => {
    const child = spawn(words[0], words.slice(1), { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })

const runCommand = async ({ words }) => ((await run(words)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/** As `runCommand`, but what it prints comes at once when it has ended, so that two do not mix. */
const runAside = ({ words }) =>
  new Promise((resolve) => {
    const child = spawn(words[0], words.slice(1), { cwd: root, shell: process.platform === 'win32' })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (more) => (text += more))
    const end = (code) => resolve({ ...(code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }), text })
    child.on('error', () => end(1))
    child.on('close', end)
  })

const firstLines = (text, lines) => text.split('\n').slice(0, lines).join('\n    ')

/** What failed in one file, for the end of the log: what stands far above may be cut off where the log is read. */
const failuresOf = ({ name, message, assertionResults }) => {
  const file = relative(root, name)
  const tests = assertionResults.filter(({ status }) => status !== 'passed')
  if (tests.length === 0) return message ? [`✗ ${file}\n    ${firstLines(message, 8)}`] : []
  return tests.map(
    ({ fullName, status, failureMessages = [] }) =>
      `✗ ${file} > ${fullName} (${status})\n    ${firstLines(failureMessages.join('\n'), 8)}`,
  )
}

const failures = []

const runVitest = async (name, { projects, workers }) => {
  const report = join(reports, `${name}.json`)
  const chosen = projects.flatMap((project) => ['--project', project])
  const code = await run([
    'npx',
    'vitest',
    'run',
    ...chosen,
    ...(workers ? [`--maxWorkers=${workers}`] : []),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  try {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    failures.push(...testResults.flatMap(failuresOf))
    const failed = numTotalTests - numPassedTests
    // A suite that could not start has no failed test of its own, and a run without tests has proven nothing.
    const unseen = (code !== 0 && failed === 0) || numTotalTests === 0 ? 1 : 0
    return { passed: numPassedTests, failed: failed + unseen }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const chosen = process.argv.slice(2)
const groups = { ...GROUPS, ...LONG }
const unknown = chosen.find((name) => !Object.hasOwn(groups, name))
if (unknown) {
  console.error(`There is no group named ${unknown}. Choose from: ${Object.keys(groups).join(', ')}.`)
  process.exit(2)
}

const total = { passed: 0, failed: 0 }
const summary = []
const count = (name, { passed, failed }, started) => {
  total.passed += passed
  total.failed += failed
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(4)
  summary.push(`${failed > 0 ? '✗' : '✓'} ${name.padEnd(10)} ${seconds} s  ${passed} passed, ${failed} failed`)
}

const runAlone = async (name, group) => {
  console.log(`\n── ${name} ──`)
  const started = performance.now()
  const result = group.projects ? await runVitest(name, group) : await runCommand(group)
  count(name, result, started)
  return result.failed === 0
}

const runTwoAtATime = async (waiting) => {
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, group] = next
      const started = performance.now()
      const { text, ...result } = await runAside(group)
      console.log(`\n── ${name} ──\n${text.trimEnd()}`)
      count(name, result, started)
    }
  }
  await Promise.all([work(), work()])
}

const queue = Object.entries(chosen.length > 0 ? groups : GROUPS).filter(
  ([name]) => chosen.length === 0 || chosen.includes(name),
)
while (queue.length > 0) {
  const readers = queue.findIndex(([, { isReading }]) => !isReading)
  if (readers !== 0) await runTwoAtATime(queue.splice(0, readers < 0 ? queue.length : readers))
  else {
    const [name, group] = queue.shift()
    const isSound = await runAlone(name, group)
    if (name === 'build' && !isSound) break
  }
}
rmSync(reports, { recursive: true, force: true })

if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
console.log(`\n${summary.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
