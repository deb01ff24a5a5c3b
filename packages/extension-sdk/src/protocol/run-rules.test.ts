import { describe, expect, test } from 'vitest'
import { findPollProblem, findUnmetConnection } from './run-rules'

describe('a poll', () => {
  test.each<[string, unknown, RegExp | undefined]>([
    ['with events and a state', { events: [{ id: 1 }], state: { since: 5 } }, undefined],
    ['that found nothing', { events: [], state: {} }, undefined],
    ['that gives nothing', undefined, /must give \{ events, state \}; received nothing/],
    ['that gives a list alone', [], /received an array of 0/],
    ['without events', { state: {} }, /events as an array/],
    ['with one event', { events: { id: 1 }, state: {} }, /events as an array/],
    ['without a state', { events: [] }, /state for the next one/],
    ['with a list as its state', { events: [], state: [] }, /state for the next one/],
  ])('%s', (_, result, sentence) => {
    if (sentence) expect(findPollProblem(result)).toMatch(sentence)
    else expect(findPollProblem(result)).toBeUndefined()
  })
})

const surface = { kind: 'workflow.blocks', id: 'a', label: 'A', config: { requiresConnection: true } }

test('what requires a connection needs one to offer', () => {
  expect(findUnmetConnection({ surfaces: [surface] })).toMatch(/surfaces\[0\]\.config\.requiresConnection/)
  expect(
    findUnmetConnection({ surfaces: [surface], connections: [{ id: 'a', type: 'none', label: 'A', scope: 'user' }] }),
  ).toBeUndefined()
  expect(findUnmetConnection({ surfaces: [{ ...surface, config: {} }] })).toBeUndefined()
})
