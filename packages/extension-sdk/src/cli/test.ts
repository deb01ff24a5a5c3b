import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import type { Output } from './create-output'
import { findProjectBin } from './find-project-bin'
import { runNode } from './run-node'

export const testCommand = (output: Output): Command =>
  new Command('test')
    .description("Run the project's tests with Vitest.")
    .argument('[filters...]', 'parts of file names; default: all tests')
    .option('--watch', 'run again when something changes')
    .option('--json', 'print one JSON value')
    .action(async (filters: readonly string[], options: { watch?: boolean; json?: boolean }) => {
      const cwd = process.cwd()
      const bin = await findProjectBin(cwd, 'vitest')
      if (!bin) throw new SdkError('CLI_USAGE', 'Vitest is not installed here. Run: npm install --save-dev vitest')
      if (options.json) return reportJson(output, cwd, bin, filters)
      const { exitCode } = await runNode([bin, options.watch ? 'watch' : 'run', ...filters], { cwd, inherit: true })
      if (exitCode !== 0) output.foundProblems()
    })

const reportJson = async (output: Output, cwd: string, bin: string, filters: readonly string[]): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-test-'))
  try {
    const file = join(folder, 'report.json')
    const { exitCode, stdout, stderr } = await runNode(
      [bin, 'run', ...filters, '--reporter=json', `--outputFile=${file}`],
      { cwd },
    )
    const report: unknown = await readFile(file, 'utf8').then(JSON.parse, () => undefined)
    if (!isRecord(report)) throw new SdkError('TOOL_FAILED', `Vitest could not run:\n${stderr.trim() || stdout.trim()}`)
    const { numPassedTests, numFailedTests } = report
    output.data({ ok: exitCode === 0, passed: numPassedTests, failed: numFailedTests, failures: failuresOf(report) })
    if (exitCode !== 0) output.foundProblems()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const listOf = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

const failuresOf = (report: Record<string, unknown>) =>
  listOf(report.testResults).flatMap(({ name, message, assertionResults }) => {
    const failed = listOf(assertionResults).filter(({ status }) => status === 'failed')
    // A file that could not be loaded has no tests of its own.
    if (failed.length === 0 && isString(message) && message) return [{ file: name, test: null, message }]
    return failed.map(({ fullName, failureMessages }) => ({
      file: name,
      test: fullName,
      message: (Array.isArray(failureMessages) ? failureMessages : []).join('\n'),
    }))
  })
