import { expect, test } from 'vitest'
import { createTokenBucket } from './rate-limiter'

test('a bucket allows its burst, then says how long to wait, and fills again', () => {
  let now = 0
  const limiter = createTokenBucket({ burst: 2, perSecond: 0.5, now: () => now })
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([
    { ok: true },
    { ok: true },
    { ok: false, retryAfterSeconds: 2 },
  ])
  expect(limiter.take('b')).toEqual({ ok: true })
  now = 2000
  expect([limiter.take('a'), limiter.take('a')]).toEqual([{ ok: true }, { ok: false, retryAfterSeconds: 2 }])
})

test('a clock that goes back takes nothing away and gives nothing', () => {
  let now = 10_000
  const limiter = createTokenBucket({ burst: 1, perSecond: 1, now: () => now })
  expect(limiter.take('a').ok).toBe(true)
  now = 0
  expect(limiter.take('a').ok).toBe(false)
})

test('endless new keys do not grow the memory: the one used longest ago is forgotten', () => {
  const limiter = createTokenBucket({ burst: 1, perSecond: 0.001, maxKeys: 2, now: () => 0 })
  for (const key of ['a', 'b', 'a', 'c']) limiter.take(key)
  expect(limiter.take('a').ok).toBe(false)
  expect(limiter.take('b').ok).toBe(true)
})
