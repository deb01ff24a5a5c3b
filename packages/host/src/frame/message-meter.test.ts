import { DEFAULT_LIMITS } from '@souk/extension-sdk/protocol'
import { expect, test, vi } from 'vitest'
import { createMessageMeter } from './message-meter'

const setUp = () => {
  let time = 0
  const onExcess = vi.fn()
  const meter = createMessageMeter(DEFAULT_LIMITS, onExcess, () => time)
  return {
    onExcess,
    count: (times: number) => {
      for (let index = 0; index < times; index++) meter.count()
    },
    wait: (ms: number) => {
      time += ms
    },
  }
}

test('what a relay lets through is never too much, not even all at once after a page has slept for a minute', () => {
  const { count, wait, onExcess } = setUp()
  for (let round = 0; round < 5; round++) {
    wait(60_000)
    count(DEFAULT_LIMITS.messageBurst + 60 * DEFAULT_LIMITS.messagesPerSecond)
  }
  expect(onExcess).not.toHaveBeenCalled()
})

test('a flood past the relay is told', () => {
  const { count, onExcess } = setUp()
  count(30_000)
  expect(onExcess).toHaveBeenCalled()
})

test('so is a steady excess', () => {
  const { count, wait, onExcess } = setUp()
  for (let second = 0; second < 120 && onExcess.mock.calls.length === 0; second++) {
    count(4 * DEFAULT_LIMITS.messagesPerSecond)
    wait(1_000)
  }
  expect(onExcess).toHaveBeenCalled()
})
