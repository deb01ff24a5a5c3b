import { expect, test } from 'vitest'
import { greet } from '../src/greet.server'

test('a record is greeted by its id', async () => {
  expect(await greet('Good morning', 'T-1')).toBe('Good morning, T-1!')
})

test('without a greeting there is one all the same', async () => {
  expect(await greet('  ', 'T-1')).toBe('Hello, T-1!')
})
