import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import pc from 'picocolors'
import type { BuildResult } from '../build'
import { CLIENT_BUDGET_BYTES } from '../build/client-budget'
import { publishChecks } from '../protocol/publish-checks'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { formatChecks } from './format-checks'
import { runLint } from './run-lint'

type Status = 'ok' | 'warning' | 'error' | 'skipped'

interface Step {
  readonly name: 'types' | 'lint' | 'build' | 'sizes' | 'publish'
  readonly status: Status
  /** Each with file and line where there is one, the reason and what to do. */
  readonly findings: readonly string[]
}

const SIGNS = { ok: pc.green('✓'), warning: pc.yellow('!'), error: pc.red('✖'), skipped: pc.dim('-') }

export const checkCommand = (output: Output): Command =>
  new Command('check')
    .description(
      'Look at everything that can be known before a deployment: types, lint, manifest, sizes, publish checks.',
    )
    .option('--json', 'print one JSON value')
    .action(async () => {
      const cwd = process.cwd()
      const steps: Step[] = []
      const add = (step: Step) => {
        steps.push(step)
        output.text(`${SIGNS[step.status]} ${step.name}`)
        for (const finding of step.findings) output.text(`    ${finding.replaceAll('\n', '\n    ')}`)
      }
      output.step('Checking types…')
      add(await checkTypes(cwd))
      output.step('Linting…')
      add(await checkLint(cwd))
      output.step('Building…')
      const built = await tryBuild()
      if (built instanceof SdkError) add({ name: 'build', status: 'error', findings: [built.message] })
      else {
        add({ name: 'build', status: built.warnings.length > 0 ? 'warning' : 'ok', findings: built.warnings })
        add(checkSizes(built))
        add(checkPublish(built))
      }
      const isOk = steps.every(({ status }) => status !== 'error')
      output.data({ ok: isOk, app: built instanceof SdkError ? null : built.manifest.id, steps })
      if (!isOk) output.foundProblems()
    })

const checkTypes = async (cwd: string): Promise<Step> => {
  if (!existsSync(join(cwd, 'tsconfig.json')))
    return { name: 'types', status: 'skipped', findings: ['There is no tsconfig.json.'] }
  const { typeCheck } = await import('../build/type-check')
  try {
    await typeCheck(cwd)
    return { name: 'types', status: 'ok', findings: [] }
  } catch (error) {
    if (!(error instanceof SdkError)) throw error
    return { name: 'types', status: 'error', findings: [error.message] }
  }
}

const checkLint = async (cwd: string): Promise<Step> => {
  const found = await runLint(cwd)
  if (typeof found === 'string') return { name: 'lint', status: 'skipped', findings: [found] }
  const worst = found.some(({ severity }) => severity === 'error') ? 'error' : found.length > 0 ? 'warning' : 'ok'
  return { name: 'lint', status: worst, findings: found.map(({ severity, message }) => `${severity} ${message}`) }
}

/** Bundles and describes the extension as `souk build` does, and leaves `dist/` as it is. */
const tryBuild = async (): Promise<BuildResult | SdkError> => {
  const { build } = await import('../build')
  const outDir = await mkdtemp(join(tmpdir(), 'souk-check-'))
  try {
    return await build({ outDir, typeCheck: false })
  } catch (error) {
    if (error instanceof SdkError) return error
    throw error
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}

const checkSizes = ({ client }: BuildResult): Step => {
  const bytes = client.sizes.own.compressedBytes
  const isOver = bytes > CLIENT_BUDGET_BYTES
  const told = `The extension's own client code is ${(bytes / 1024).toFixed(1)} KB compressed; the budget is ${CLIENT_BUDGET_BYTES / 1024} KB.`
  return {
    name: 'sizes',
    status: isOver ? 'error' : 'ok',
    findings: isOver ? [`${told} Move what only a server needs into *.server.ts, and leave out what nobody sees.`] : [],
  }
}

const checkPublish = ({ listing, manifest }: BuildResult): Step => {
  const checks = publishChecks(listing, manifest)
  const worst = checks.some(({ severity }) => severity === 'error') ? 'error' : checks.length > 0 ? 'warning' : 'ok'
  return { name: 'publish', status: worst, findings: formatChecks(checks) }
}
