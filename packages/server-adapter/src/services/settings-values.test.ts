import type { LeafSetting, SettingsSchema } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { compilePattern, readSettings, settingsWriteSchema } from './settings-values'

const text = (changes: object = {}): SettingsSchema => ({
  value: { type: 'string', label: 'Value', ...changes } as LeafSetting,
})

const messageOf = (schema: SettingsSchema, value: unknown): string | undefined =>
  settingsWriteSchema(schema).safeParse({ value }).error?.issues[0]?.message

// Each takes a backtracking engine longer than anybody waits; the test would run into its time limit.
test.each(['(a+)+$', '^(a|aa)+$', '^(a|a?)+$', '(.*a){20}$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(x+x+)+y'])(
  'the pattern %s answers at once on a hostile text',
  (pattern) => {
    const schema = text({ pattern })
    expect(messageOf(schema, `${'a'.repeat(9000)}!`)).toBeOneOf([undefined, 'Does not have the expected form.'])
    expect(messageOf(schema, `${'x'.repeat(9000)}`)).toBeOneOf([undefined, 'Does not have the expected form.'])
  },
)

test.each(['(?=a)b', '(a)\\1', '(?<!x)y', '(', '[z-a]', 'a{2000}', '((a{100}){100}){100}'])(
  'the pattern %s, which has no linear form, is refused',
  (pattern) => {
    expect(compilePattern(pattern)).toBeUndefined()
  },
)

test.each([
  [{ pattern: '^nw_[a-z]+$' }, 'nw_abc', undefined],
  [{ pattern: '^nw_[a-z]+$' }, 'NW', 'Does not have the expected form.'],
  [{ pattern: '^nw_[a-z]+$', patternMessage: 'Starts with nw_.' }, 'NW', 'Starts with nw_.'],
  [{ minLength: 3 }, 'ab', 'At least 3 characters.'],
  [{ maxLength: 3 }, 'abcd', 'At most 3 characters.'],
  [{}, 'a'.repeat(10_001), 'At most 10000 characters.'],
  [{ maxLength: 1e9 }, 'a'.repeat(10_001), 'At most 10000 characters.'],
  [{}, 'a\0b', 'Contains a character that cannot be stored.'],
  [{}, 'a\uD800', 'Contains a character that cannot be stored.'],
  [{}, 5, 'Must be text.'],
  [{}, { toString: 'x' }, 'Must be text.'],
  [{ format: 'url' }, 'https://api.example.com', undefined],
  [{ format: 'url' }, 'javascript:alert(1)', 'Must be a web address, such as https://api.example.com.'],
  [{ format: 'url' }, 'https://u:p@api.example.com', 'Must be a web address, such as https://api.example.com.'],
  [{ format: 'email' }, 'a@example.com', undefined],
  [{ format: 'email' }, 'a@b@c', 'Must be an email address, such as name@example.com.'],
  [{ type: 'number', min: 1, max: 5, step: 0.5 }, 1.5, undefined],
  [{ type: 'number', min: 1 }, 0, 'At least 1.'],
  [{ type: 'number', max: 5 }, 6, 'At most 5.'],
  [{ type: 'number', step: 0.5 }, 1.3, 'Must be a multiple of 0.5.'],
  [{ type: 'number', step: 0 }, 1.3, undefined],
  [{ type: 'number' }, '5', 'Must be a number.'],
  [{ type: 'boolean' }, 'true', 'Must be on or off.'],
  [{ type: 'select', options: [{ value: 'a', label: 'A' }] }, 'a', undefined],
  [{ type: 'select', options: [{ value: 'a', label: 'A' }] }, 'b', 'Choose one of the options.'],
  [{ type: 'secret' }, '', 'At least 1 character.'],
] as const)('%j with %j says %s', (field, value, expected) => {
  expect(messageOf(text(field), value)).toBe(expected)
})

test('a path that is not in the schema is refused', () => {
  for (const path of ['other', 'value.x', 'toString', '__proto__'])
    expect(settingsWriteSchema(text()).safeParse(JSON.parse(`{"${path}": 1}`)).success).toBe(false)
})

test('defaults are filled in, and a required setting without a value is missing', () => {
  const schema: SettingsSchema = {
    api: {
      type: 'struct',
      label: 'API',
      fields: { url: { type: 'string', label: 'URL' }, key: { type: 'secret', label: 'Key' } },
    },
    limit: { type: 'number', label: 'Limit', default: 10 },
    verbose: { type: 'boolean', label: 'Verbose' },
    note: { type: 'string', label: 'Note', optional: true },
  }
  const state = readSettings(schema, [])
  expect(state.values).toEqual({ limit: 10, verbose: false })
  expect(state.missing).toEqual(['api.url', 'api.key'])
})

test('a stored value that does not fit this version counts as absent', () => {
  const row = { installationId: 'i', userId: null, key: 'value' }
  expect(readSettings(text({ default: 'x' }), [{ ...row, value: 5, secret: false }]).values).toEqual({ value: 'x' })
  expect(readSettings(text(), [{ ...row, value: 'sealed', secret: true }]).values).toEqual({})
  expect(readSettings(text({ type: 'secret' }), [{ ...row, value: 'clear', secret: false }]).sealed.size).toBe(0)
})
