import { expect, test } from 'vitest'
import { toServerError } from '../errors/server-errors'
import { fromWireError } from '../sdk-error'
import {
  ConflictError,
  ConnectionExpiredError,
  ConnectionNotFoundError,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  SdkError,
  UpstreamServiceError,
} from '.'

test.each([
  [new InvalidInputError('No.', { amount: 'Too much.' }), InvalidInputError],
  [new NotFoundError('No.'), NotFoundError],
  [new ConflictError('No.'), ConflictError],
  [new RateLimitError('No.', 30), RateLimitError],
  [new UpstreamServiceError('No.', 502), UpstreamServiceError],
  [new InsufficientPermissionsError('No.'), InsufficientPermissionsError],
  [new ConnectionExpiredError('No.', { connection: 'shop', connectionId: 'c1' }), ConnectionExpiredError],
  [new ConnectionNotFoundError('No.', { connection: 'shop' }), ConnectionNotFoundError],
])('%s arrives as itself, with what it knows', (thrown, expected) => {
  const { code, message, fields, retryAfterSeconds, details } = thrown
  const wire = JSON.parse(JSON.stringify({ code, message, fields, retryAfterSeconds, details }))
  const arrived = toServerError(fromWireError(wire))
  expect(arrived).toBeInstanceOf(expected)
  expect(arrived).toBeInstanceOf(SdkError)
  expect({ ...(arrived as object) }).toEqual({ ...thrown })
})

test('an error of the platform stays what it is', () => {
  const error = new SdkError('TIMEOUT', 'Late.')
  expect(toServerError(error)).toBe(error)
})
