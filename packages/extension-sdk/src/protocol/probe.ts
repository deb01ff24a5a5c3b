import { isArrayOf, isRecord, isString, type Parsed, refuse } from './parse'

/** One thing that code in a frame tried, and what became of it. */
export interface ProbeAttempt {
  readonly id: ProbeAttemptId
  readonly outcome: 'refused' | 'succeeded'
  readonly detail: string
}

/** What the probe says to the page that opened it. */
export interface ProbeReport {
  readonly source: 'souk-probe'
  readonly nonce: string
  readonly attempts: readonly ProbeAttempt[]
}

/** What the probe tries in the frame's document, and in a worker as extensions have. */
export const PROBE_ATTEMPTS = [
  'read-page',
  'read-page-storage',
  'read-cookies',
  'read-storage',
  'fetch',
  'load-image',
  'load-style',
  'open-socket',
  'open-frame',
  'run-text',
  'open-window',
  'use-features',
  'worker-fetch',
  'worker-import',
  'worker-socket',
  'worker-text',
] as const

export type ProbeAttemptId = (typeof PROBE_ATTEMPTS)[number]

const isAttempt = (value: unknown): value is ProbeAttempt =>
  isRecord(value) &&
  PROBE_ATTEMPTS.some((id) => id === value.id) &&
  (value.outcome === 'refused' || value.outcome === 'succeeded') &&
  isString(value.detail)

export const parseProbeReport = (value: unknown, nonce: string): Parsed<ProbeReport> => {
  if (!isRecord(value) || value.source !== 'souk-probe' || value.nonce !== nonce)
    return refuse('It is no report of this probe.')
  const { attempts } = value
  if (!isArrayOf(attempts, isAttempt, 100)) return refuse('A report of a probe is a list of attempts.')
  return { source: 'souk-probe', nonce, attempts }
}
