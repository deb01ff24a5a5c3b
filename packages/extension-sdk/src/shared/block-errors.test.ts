import { expect, test } from 'vitest'
import { InvalidInputError, ServerFunctionError } from '../errors/server-errors'
import { toWireError } from '../runtime/to-wire-error'
import { BlockRuntimeError, BlockValidationError } from '.'

test('what is wrong with the inputs of a block stands at its fields', () => {
  const error = new BlockValidationError([
    { field: 'to', message: 'Choose somebody.' },
    { field: 'text', message: 'Write something.' },
  ])
  expect(error).toBeInstanceOf(InvalidInputError)
  expect(toWireError(error)).toEqual({
    code: 'INVALID_INPUT',
    message: 'Choose somebody.',
    fields: { to: 'Choose somebody.', text: 'Write something.' },
  })
})

test('a block that failed says why, in its own word', () => {
  const error = new BlockRuntimeError('The card was declined.', 'CARD_DECLINED')
  expect(error).toBeInstanceOf(ServerFunctionError)
  expect(error).toMatchObject({
    code: 'FUNCTION_FAILED',
    reason: 'CARD_DECLINED',
    details: { reason: 'CARD_DECLINED' },
  })
  expect(new BlockRuntimeError('It did not work.').reason).toBe('BLOCK_FAILED')
})
