import { expect, test } from 'vitest'
import { createAttention } from './attention'

test('a flood is refused after its burst, and attention comes back with time', () => {
  let time = 0
  const attention = createAttention('Orders', () => time)
  const taken = () => {
    let count = 0
    try {
      for (; count < 100; count++) attention.take('toast')
    } catch (error) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 })
    }
    return count
  }
  expect(taken()).toBe(6)
  expect(taken()).toBe(0)
  time = 2_000
  expect(taken()).toBe(2)
  // One kind does not use up another.
  attention.take('dialog')
})
