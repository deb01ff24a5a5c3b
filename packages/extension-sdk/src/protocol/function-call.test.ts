import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeValue, encodeValue, isRefusal } from '.'

const roundTrip = (value: unknown) => {
  const encoded = encodeValue(value)
  if (isRefusal(encoded)) throw new Error(encoded.refused)
  const decoded = decodeValue(encoded.text)
  if (isRefusal(decoded)) throw new Error(decoded.refused)
  return decoded.value
}

test.each<readonly [string, unknown]>([
  ['undefined', undefined],
  ['minus zero', -0],
  ['a bigint', 12345678901234567890n],
  ['a date', new Date(0)],
  ['an invalid date', new Date(Number.NaN)],
  ['a map of objects and sets', new Map<unknown, unknown>([[{ a: 1 }, new Set([1n])]])],
  ['bytes', new Uint8Array([1, 2, 255])],
  ['floats', new Float64Array([0.5])],
  ['an object that looks tagged', { $: 'Date', v: 1 }],
  ['an array with holes of undefined', [undefined, null, [undefined]]],
  ['tags in tags', { a: { $: { $: 1 } } }],
])('%s comes back as it went', (_what, value) => {
  expect(roundTrip(value)).toEqual(value)
})

test('any JSON comes back as it went', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      fc.pre(!/"(?:__proto__|constructor|prototype)"/.test(JSON.stringify(value)))
      expect(roundTrip(value)).toEqual(value)
    }),
  )
})

describe('what nobody may send', () => {
  test.each([
    ['a function', () => {}],
    ['a symbol', Symbol('x')],
    ['NaN', Number.NaN],
    ['a class instance', new (class A {})()],
    ['a weak map', new WeakMap()],
    ['a prototype key', JSON.parse('{"constructor":1}')],
  ])('is refused: %s', (_what, value) => {
    expect(isRefusal(encodeValue({ a: value }))).toBe(true)
  })

  test.each([
    '',
    'undefined',
    '{"$":"Function","v":"alert(1)"}',
    '{"$":"constructor","v":""}',
    '{"$":"Date"',
    '{"__proto__":{"isAdmin":true}}',
    '{"$":"object","v":{"__proto__":{}}}',
    '{"$":"bigint","v":"1e9"}',
    `{"$":"bigint","v":"${'9'.repeat(1_001)}"}`,
    '{"$":"Map","v":[[1]]}',
    '{"$":"Uint8Array","v":"***"}',
    '{"$":"Float64Array","v":"AA=="}',
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('is refused when it arrives: %s', (text) => {
    expect(isRefusal(decodeValue(text))).toBe(true)
    expect({}).not.toHaveProperty('isAdmin')
  })
})
