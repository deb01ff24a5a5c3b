import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startWatchdog } from './watchdog'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const times = { intervalMs: 1_000, deadlineMs: 1_000 }

test.each([
  ['answers', () => Promise.resolve()],
  ['says no', () => Promise.reject(new Error('no'))],
])('an extension that %s lives', async (_name, ping) => {
  const onSilent = vi.fn()
  const watchdog = startWatchdog({ ping, onSilent, ...times })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onSilent).not.toHaveBeenCalled()
  watchdog.dispose()
  expect(vi.getTimerCount()).toBe(0)
})

test('an extension that is silent is reported', async () => {
  const onSilent = vi.fn()
  const watchdog = startWatchdog({ ping: () => new Promise(() => {}), onSilent, ...times })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(onSilent).toHaveBeenCalled()
  watchdog.dispose()
  expect(vi.getTimerCount()).toBe(0)
})
