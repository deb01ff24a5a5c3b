import { expect, test } from 'vitest'
import { isRefusal } from '../../protocol/parse'
import { parseFixtures } from './read-fixtures'

test('everything a fixture file may say', () => {
  const fixtures = {
    context: { theme: 'dark', locale: 'de' },
    surfaces: { 'record.widgets': { recordType: 'order', recordId: 'O-1' } },
    settings: { organization: { apiKey: 'x' }, user: { count: 1, isOn: true } },
    hosts: { 'api.example.com': 'http://127.0.0.1:4000' },
  }
  expect(parseFixtures(fixtures)).toEqual(fixtures)
  expect(parseFixtures({})).toEqual({})
})

test.each<[string, unknown, RegExp]>([
  ['text', 'hello', /must be an object/],
  ['a list', [], /must be an object/],
  ['nothing', undefined, /must be an object/],
  ['an unknown name', { setings: {} }, /setings is not one of/],
  ['a context of text', { context: 'dark' }, /context must be/],
  ['a surface of text', { surfaces: { 'record.widgets': 'T-1' } }, /surfaces must hold/],
  ['a setting that is a list', { settings: { organization: { a: [] } } }, /settings must be/],
  ['a host elsewhere', { hosts: { 'api.example.com': 'https://evil.example' } }, /addresses on this machine/],
  ['a host that only begins well', { hosts: { a: 'http://127.0.0.1.evil.example' } }, /addresses on this machine/],
  ['a host of another kind', { hosts: { a: 'file://localhost/etc' } }, /addresses on this machine/],
])('%s is refused', (_what, value, message) => {
  const parsed = parseFixtures(value)
  expect(isRefusal(parsed) ? parsed.refused : parsed).toMatch(message)
})
