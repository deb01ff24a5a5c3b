import { encodeValue, isRefusal } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { isBoundedJson } from './is-bounded-json'

const check = (text: string): boolean => isBoundedJson(Buffer.from(text))

test.each(['1', '""', '[]', '{"a":["]"]}', '"\\"["', '"\\\\"', '[[[]],{}]'])('%s may be parsed', (text) =>
  expect(check(text)).toBe(true),
)

test.each(['', '[', ']', '][', '[[]', '"', '"\\"', '['.repeat(400) + ']'.repeat(400), `[${','.repeat(1_000_000)}]`])(
  'a text like %.20s may not',
  (text) => expect(check(text)).toBe(false),
)

test('whatever encodeValue writes may be parsed, at its full depth', () => {
  let value: unknown = 'end'
  for (let level = 0; level < 99; level++) value = new Map([['key', value]])
  const encoded = encodeValue(value)
  expect(isRefusal(encoded) || check(encoded.text)).toBe(true)
  expect(isRefusal(encoded)).toBe(false)
})
