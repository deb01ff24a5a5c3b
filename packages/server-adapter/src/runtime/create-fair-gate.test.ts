import { expect, test } from 'vitest'
import { createFairGate, type FairGateOptions } from './create-fair-gate'
import { overloadedError } from './create-gate'

const gateOf = (options: Partial<FairGateOptions> = {}) =>
  createFairGate({
    ...{ places: 2, placesPerKey: 2, waitingPerKey: 10, waitMs: 10_000, overloaded: () => overloadedError(1_000) },
    ...options,
  })
const forever = new AbortController().signal
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('one that sends much does not come before one that sends little', async () => {
  const gate = gateOf({ places: 1, placesPerKey: 1 })
  const order: string[] = []
  const leave = await gate.enter('busy', forever)
  const visits = ['busy 1', 'busy 2', 'busy 3', 'quiet 1'].map(async (name) => {
    const done = await gate.enter(name.split(' ')[0] ?? '', forever)
    order.push(name)
    done()
  })
  leave()
  await Promise.all(visits)
  expect(order).toEqual(['busy 1', 'quiet 1', 'busy 2', 'busy 3'])
})

test('one cannot take all places, however many are free', async () => {
  const gate = gateOf({ places: 3, placesPerKey: 1 })
  const leave = await gate.enter('a', forever)
  let isIn = false
  const second = gate.enter('a', forever).then((done) => {
    isIn = true
    return done
  })
  const other = await gate.enter('b', forever)
  await settled()
  expect(isIn).toBe(false)
  leave()
  ;(await second)()
  other()
})

test('a place that is given back twice is free once', async () => {
  const gate = gateOf({ places: 1, waitingPerKey: 1, waitMs: 20 })
  const leave = await gate.enter('a', forever)
  leave()
  leave()
  await gate.enter('a', forever)
  await expect(gate.enter('b', forever)).rejects.toMatchObject({ code: 'FUNCTION_OVERLOADED' })
})

test('a queue that is full refuses its own and nobody else', async () => {
  const gate = gateOf({ places: 1, placesPerKey: 1, waitingPerKey: 1 })
  const leave = await gate.enter('a', forever)
  const waiting = gate.enter('a', forever)
  await expect(gate.enter('a', forever)).rejects.toMatchObject({ code: 'FUNCTION_OVERLOADED', retryAfterSeconds: 1 })
  const other = gate.enter('b', forever)
  leave()
  ;(await waiting)()
  ;(await other)()
})

test('who gives up leaves the queue, and takes no place', async () => {
  const gate = gateOf({ places: 1 })
  const leave = await gate.enter('a', forever)
  const caller = new AbortController()
  const waiting = gate.enter('b', caller.signal)
  caller.abort(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  leave()
  ;(await gate.enter('c', forever))()
  await expect(gate.enter('d', AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
})
