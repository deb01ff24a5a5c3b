import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testExtension } from '../testing/fake-extension'
import { createFramePool } from './frame-pool'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const setup = () => {
  const started: { isOver: boolean; hasFailed: boolean; hold: () => () => void }[] = []
  const pool = createFramePool({
    start: (_extension, hold) => {
      const state = { isOver: false, hasFailed: false, hold }
      started.push(state)
      return {
        isAlive: () => !state.hasFailed,
        dispose: () => {
          state.isOver = true
        },
      }
    },
  })
  return { pool, started }
}

test('surfaces of an installation share a session, which goes to sleep some time after the last', () => {
  const { pool, started } = setup()
  const one = pool.acquire(testExtension())
  const two = pool.acquire(testExtension())
  expect(one.session).toBe(two.session)
  one.release()
  one.release()
  vi.advanceTimersByTime(60_000)
  expect(started[0]?.isOver).toBe(false)
  two.release()
  vi.advanceTimersByTime(29_999)
  expect(started[0]?.isOver).toBe(false)
  vi.advanceTimersByTime(1)
  expect(started[0]?.isOver).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('who comes back in time finds the frame warm', () => {
  const { pool, started } = setup()
  pool.acquire(testExtension()).release()
  vi.advanceTimersByTime(20_000)
  pool.acquire(testExtension())
  vi.advanceTimersByTime(60_000)
  expect(started).toHaveLength(1)
  expect(started[0]?.isOver).toBe(false)
})

test('what a session holds for itself, such as a dialog, keeps it awake', () => {
  const { pool, started } = setup()
  const use = pool.acquire(testExtension())
  const release = started[0]?.hold()
  use.release()
  vi.advanceTimersByTime(60_000)
  expect(started[0]?.isOver).toBe(false)
  release?.()
  vi.advanceTimersByTime(60_000)
  expect(started[0]?.isOver).toBe(true)
})

test('installations never share a session', () => {
  const { pool } = setup()
  const one = pool.acquire(testExtension())
  expect(pool.acquire(testExtension({ appInstallationId: 'inst2' })).session).not.toBe(one.session)
})

test.each([
  ['was uninstalled', []],
  ['has another deployment', [testExtension({ deploymentId: 'dep2' })]],
  ['has other settings', [testExtension({ settings: { organization: { apiUrl: 'x' }, user: {} } })]],
  ['has other scopes', [testExtension({ grantedScopes: [] })]],
])('a session in use is ended at once when its installation %s', (_name, extensions) => {
  const { pool, started } = setup()
  const use = pool.acquire(testExtension())
  pool.sync(extensions)
  expect(started[0]?.isOver).toBe(true)
  use.release()
  expect(vi.getTimerCount()).toBe(0)
})

test('a session that failed is replaced for the next who asks', () => {
  const { pool, started } = setup()
  const broken = pool.acquire(testExtension())
  for (const state of started) state.hasFailed = true
  expect(pool.acquire(testExtension()).session).not.toBe(broken.session)
  broken.release()
  vi.advanceTimersByTime(60_000)
  expect(started.map(({ isOver }) => isOver)).toEqual([true, false])
})

test('nothing is left after dispose, and the pool can be used again', () => {
  const { pool, started } = setup()
  pool.acquire(testExtension()).release()
  pool.dispose()
  expect(started[0]?.isOver).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
  pool.acquire(testExtension())
  expect(started).toHaveLength(2)
})
