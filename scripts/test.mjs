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
const vitest = (...projects) => ({ projects })
/** Vitest keeps a core for itself, which on two leaves one. Pages of a browser cannot share the focus, so they stay one by one. */
const atOnce = (group) => ({ ...group, workers: Math.max(2, availableParallelism() - 1) })

/** Each group runs in this order. What later groups need built is built by `build`. */
const GROUPS = {
  lockfile: command('node', 'scripts/complete-lockfile.mjs', '--check'),
  format: command('npm', 'run', '--silent', 'lint'),
  build: command('node', 'scripts/build.mjs'),
  types: command('node', 'scripts/types.mjs'),
  unused: command('npm', 'run', '--silent', 'knip'),
  packages: command('node', 'scripts/check-packages.mjs'),
  sizes: command('npm', 'run', '--silent', 'size'),
  units: atOnce(vitest('node', 'dom', 'react18', 'extensions')),
  postgres: atOnce(vitest('pg')),
  browser: vitest('browser', 'storybook'),
  storybook: command('npm', 'run', '--silent', 'storybook:build'),
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
for (const [name, group] of Object.entries(chosen.length > 0 ? groups : GROUPS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n── ${name} ──`)
  const started = performance.now()
  const result = group.projects ? await runVitest(name, group) : await runCommand(group)
  total.passed += result.passed
  total.failed += result.failed
  summary.push(
    `${result.failed > 0 ? '✗' : '✓'} ${name.padEnd(10)} ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${result.passed} passed, ${result.failed} failed`,
  )
  if (name === 'build' && result.failed > 0) break
}
rmSync(reports, { recursive: true, force: true })

if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
console.log(`\n${summary.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
