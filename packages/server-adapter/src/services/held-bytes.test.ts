import { expect, test } from 'vitest'
import { createHeldBytes } from './held-bytes'

const overloaded = expect.objectContaining({ code: 'FUNCTION_OVERLOADED', retryAfterSeconds: 5 })

test('one organization takes its share and no more, and what it gives back it may take again', () => {
  const held = createHeldBytes({ total: 100, perOrganization: 60 })
  const first = held.begin('a')
  first.add(40)
  const second = held.begin('a')
  expect(() => second.add(21)).toThrow(overloaded)
  second.add(20)
  held.begin('b').add(40)
  first.release()
  first.release()
  expect(() => held.begin('a').add(41)).toThrow(overloaded)
  held.begin('a').add(40)
})

test('all together take no more than the machine gives', () => {
  const held = createHeldBytes({ total: 100, perOrganization: 60 })
  const last = held.begin('b')
  held.begin('a').add(60)
  expect(() => last.add(41)).toThrow(overloaded)
  last.add(40)
  expect(() => held.begin('c').add(1)).toThrow(overloaded)
  last.release()
  held.begin('c').add(40)
})
