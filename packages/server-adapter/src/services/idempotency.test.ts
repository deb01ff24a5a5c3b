import { expect, test } from 'vitest'
import { createIdempotentCalls } from './idempotency'

const createCalls = (options: { maxBytes?: number; maxEntries?: number } = {}) => {
  const clock = { now: 0 }
  let runs = 0
  const calls = createIdempotentCalls<number>({ sizeBytes: () => 10, ttlMs: 1000, now: () => clock.now, ...options })
  return { clock, run: (key: string, fingerprint = 'f') => calls.run(key, fingerprint, async () => ++runs), calls }
}

test('a repeated key answers with the first result until it is too old', async () => {
  const { run, clock } = createCalls()
  expect([await run('a'), await run('a'), await run('b')]).toEqual([1, 1, 2])
  clock.now = 1001
  expect(await run('a')).toBe(3)
})

test('calls at the same time run once, also when the call fails for all of them', async () => {
  const { run, calls } = createCalls()
  expect(await Promise.all([run('a'), run('a'), run('a')])).toEqual([1, 1, 1])
  const fail = () => calls.run('x', 'f', () => Promise.reject(new Error('failed')))
  expect((await Promise.allSettled([fail(), fail()])).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await run('x')).toBe(2)
})

test('the same key with other content is refused', async () => {
  const { run } = createCalls()
  await run('a', 'one')
  await expect(run('a', 'two')).rejects.toMatchObject({ code: 'CONFLICT' })
})

test.each([{ maxBytes: 20 }, { maxEntries: 2 }])('with %j the oldest result is forgotten first', async (options) => {
  const { run } = createCalls(options)
  for (const key of ['a', 'b', 'c']) await run(key)
  expect(await run('c')).toBe(3)
  expect(await run('b')).toBe(2)
  expect(await run('a')).toBe(4)
})
