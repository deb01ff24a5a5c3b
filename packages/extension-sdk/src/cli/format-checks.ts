import pc from 'picocolors'
import type { PublishCheck } from '../protocol'

/** Publish checks as lines: how bad, which field, what and what to do. */
export const formatChecks = (checks: readonly PublishCheck[]): readonly string[] =>
  checks.map(
    ({ severity, field, message, fix }) =>
      `${severity === 'error' ? pc.red('error') : pc.yellow('warning')} ${field}: ${message} ${fix}`,
  )
