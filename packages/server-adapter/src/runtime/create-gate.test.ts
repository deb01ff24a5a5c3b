import { expect, test } from 'vitest'
import { SoukError } from '../souk-error'
import { createGate } from './create-gate'

const gateOf = (places: number, waiting: number, waitMs = 10_000) =>
  createGate({ places, waiting, waitMs, overloaded: () => new SoukError('FUNCTION_OVERLOADED', 'Full.') })
const never = new AbortController().signal

test('lets in as many as there are places, and the next in order of arrival', async () => {
  const gate = gateOf(1, 2)
  const order: string[] = []
  const leave = await gate.enter(never)
  const second = gate.enter(never).then((done) => {
    order.push('second')
    return done
  })
  const third = gate.enter(never).then((done) => {
    order.push('third')
    return done
  })
  expect(gate.size).toBe(3)
  leave()
  ;(await second)()
  ;(await third)()
  expect(order).toEqual(['second', 'third'])
  expect(gate.size).toBe(0)
})

test('turns away who finds the queue full, or waited long enough', async () => {
  const full = gateOf(1, 0)
  await full.enter(never)
  await expect(full.enter(never)).rejects.toMatchObject({ code: 'FUNCTION_OVERLOADED' })
  const slow = gateOf(1, 1, 1)
  await slow.enter(never)
  await expect(slow.enter(never)).rejects.toMatchObject({ code: 'FUNCTION_OVERLOADED' })
  expect(slow.size).toBe(1)
})

test('lets go of who gave up, with the reason', async () => {
  const gate = gateOf(1, 1)
  const leave = await gate.enter(never)
  const caller = new AbortController()
  const waiting = gate.enter(caller.signal)
  caller.abort('gone')
  await expect(waiting).rejects.toBe('gone')
  await expect(gate.enter(caller.signal)).rejects.toBe('gone')
  leave()
  expect(gate.size).toBe(0)
})

test('a place given back twice is one place', async () => {
  const gate = gateOf(1, 1)
  const leave = await gate.enter(never)
  leave()
  leave()
  await gate.enter(never)
  expect(gate.size).toBe(1)
})
