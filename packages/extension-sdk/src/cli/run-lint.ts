import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { findProjectBin } from './find-project-bin'
import { runNode } from './run-node'

export interface LintFinding {
  readonly severity: 'error' | 'warning'
  /** `src/app.tsx:3:5 sentence (rule)` */
  readonly message: string
}

const CONFIGS = ['eslint.config.js', 'eslint.config.mjs', 'eslint.config.ts', 'eslint.config.mts', 'eslint.config.cjs']

/** Why the project has no lint, as a sentence; undefined when it has. */
const findReason = (cwd: string, bin: string | undefined): string | undefined => {
  if (!CONFIGS.some((name) => existsSync(join(cwd, name))))
    return 'There is no eslint.config.js. Add one with the rules of @souk/extension-sdk/eslint.'
  return bin ? undefined : 'ESLint is not installed. Run: npm install --save-dev eslint @typescript-eslint/parser'
}

/**
 * Runs the project's own ESLint with the project's own rules.
 *
 * @returns What it found, or why it did not run.
 */
export const runLint = async (cwd: string): Promise<readonly LintFinding[] | string> => {
  const bin = await findProjectBin(cwd, 'eslint')
  const reason = findReason(cwd, bin)
  if (reason || !bin) return reason ?? ''
  const { exitCode, stdout, stderr } = await runNode([bin, '--format', 'json', '.'], { cwd })
  // 0: nothing, 1: findings, 2: it could not run.
  if (exitCode !== 0 && exitCode !== 1)
    throw new SdkError(
      'TOOL_FAILED',
      `ESLint could not run. Correct its configuration:\n${stderr.trim() || stdout.trim()}`,
    )
  return parseFindings(cwd, JSON.parse(stdout))
}

const parseFindings = (cwd: string, report: unknown): readonly LintFinding[] =>
  (Array.isArray(report) ? report : []).filter(isRecord).flatMap(({ filePath, messages }) =>
    (Array.isArray(messages) ? messages : []).filter(isRecord).map(({ severity, line, column, message, ruleId }) => ({
      severity: severity === 2 ? ('error' as const) : ('warning' as const),
      message: `${isString(filePath) ? relative(cwd, filePath) : ''}:${line}:${column} ${message}${isString(ruleId) ? ` (${ruleId})` : ''}`,
    })),
  )
