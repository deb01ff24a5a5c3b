import type { ExtensionNotices } from '../protocol/messages'
import { formatLog } from './format-log'

type Log = ExtensionNotices['log']

const LEVELS = { debug: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' } as const

/** More than this would use up the extension's own allowance of messages. */
const MAX_LOGS_PER_SECOND = 20

/**
 * Hands everything the extension logs to `report`, and still prints it.
 *
 * @param format Makes text of what was logged, while it is being logged.
 * @returns Gives the console back as it was.
 */
export const captureConsole = (
  target: Console,
  report: (log: Log) => void,
  format: (values: readonly unknown[]) => string = formatLog,
): (() => void) => {
  let windowStart = 0
  let count = 0
  let dropped = 0

  const send = (log: Log) => {
    const now = Date.now()
    if (now - windowStart >= 1_000) {
      if (dropped > 0) report({ level: 'warn', message: `${dropped} more log lines were dropped.` })
      windowStart = now
      count = dropped = 0
    }
    if (++count <= MAX_LOGS_PER_SECOND) report(log)
    else dropped++
  }

  const originals = Object.entries(LEVELS).map(([name, level]) => {
    const method = name as keyof typeof LEVELS
    const original = target[method]
    target[method] = (...values: unknown[]) => {
      original.apply(target, values)
      send({ level, message: format(values) })
    }
    return () => {
      target[method] = original
    }
  })
  return () => {
    for (const restore of originals) restore()
  }
}
