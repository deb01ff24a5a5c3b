import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SdkError } from '../sdk-error'
import { runStep } from './run-step'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Fails with these codes, one after another, and then answers. */
const failing = (...errors: readonly unknown[]) => {
  const left = [...errors]
  return vi.fn(async () => {
    if (left.length > 0) throw left.shift()
    return 'done'
  })
}

const busy = () => new SdkError('UPSTREAM_SERVICE_ERROR', 'It failed.')

const settle = async (work: Promise<unknown>) => {
  const outcome = work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  await vi.runAllTimersAsync()
  return outcome
}

test('what passes is tried again, as often as the step says', async () => {
  const execute = failing(busy(), busy())
  const step = { label: 'Send', execute, config: { retries: 2 } }
  expect(await settle(runStep(step, { a: 1 }, { state: 1 }))).toEqual({ value: 'done' })
  expect(execute.mock.calls).toEqual(Array.from({ length: 3 }, () => [{ a: 1 }, { state: 1 }]))
})

test.each<[string, unknown, object, number]>([
  ['input that was refused', new SdkError('INVALID_INPUT', 'No.'), { retries: 5 }, 1],
  ['an error without a code', new Error('No.'), { retries: 5 }, 1],
  ['something that is no error', undefined, { retries: 5 }, 1],
  ['a service that wants a minute', new SdkError('RATE_LIMITED', 'No.', { retryAfterSeconds: 60 }), { retries: 5 }, 1],
  ['a step that says nothing of retries', busy(), {}, 1],
])('%s is not tried again', async (_what, error, config, calls) => {
  const execute = failing(error, error, error)
  expect(await settle(runStep({ label: 'Send', execute, config }, {}, {}))).toEqual({ error })
  expect(execute).toHaveBeenCalledTimes(calls)
})

test('a step that takes longer than its timeout ends in TIMEOUT, each try by itself', async () => {
  const execute = vi.fn(() => new Promise(() => {}))
  const step = { label: 'Send', execute, config: { timeout: 1_000, retries: 1 } }
  expect(await settle(runStep(step, {}, {}))).toMatchObject({ error: { code: 'TIMEOUT' } })
  expect(execute).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})

test('a step in time leaves no timer behind', async () => {
  const step = { label: 'Send', execute: failing(), config: { timeout: 1_000 } }
  expect(await runStep(step, {}, {})).toBe('done')
  expect(vi.getTimerCount()).toBe(0)
})
