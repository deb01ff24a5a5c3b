import { expect, test } from 'vitest'
import { createRedactor } from './redact'

test.each([
  ['as it is', 'key=a/b+secret', 'key=[redacted]'],
  ['twice', 'a/b+secret a/b+secret', '[redacted] [redacted]'],
  ['in a URL', '?k=a%2Fb%2Bsecret', '?k=[redacted]'],
  ['in base64', Buffer.from('a/b+secret').toString('base64'), '[redacted]'],
  ['in JSON', '"quo\\"ted"', '"[redacted]"'],
])('a credential is blotted out %s', (_where, text, expected) => {
  expect(createRedactor({ one: 'a/b+secret', two: 'quo"ted' })(text)).toBe(expected)
})

test('a credential that contains another is blotted out whole', () => {
  expect(createRedactor({ short: 'secret', long: 'secret-and-more' })('a secret-and-more')).toBe('a [redacted]')
})

test('an empty or very short credential does not eat the text', () => {
  expect(createRedactor({ empty: '', short: 'a' })('banana')).toBe('banana')
})
