import { describe, expect, expectTypeOf, test } from 'vitest'
import { type InferClientSettings, type InferSettings, Settings, type SettingsFields } from '..'
import { serializeSettings } from './serialize-settings'

const fields = {
  apiUrl: Settings.string({ label: 'API URL', format: 'url' }),
  note: Settings.string({ label: 'Note', multiline: true }).optional(),
  pageSize: Settings.number({ label: 'Page size', min: 1, max: 100 }).default(20),
  active: Settings.boolean({ label: 'Active', default: true }),
  region: Settings.select({ label: 'Region', options: ['eu', { value: 'us', label: 'United States' }] }),
  apiKey: Settings.secret({ label: 'API key' }),
  signingKey: Settings.secret({ label: 'Signing key', reveal: true }).optional(),
  limits: Settings.struct({ perDay: Settings.number({ label: 'Per day' }).optional() }),
} satisfies SettingsFields

describe('what settings hold', () => {
  test('on the server: everything but secrets without reveal', () => {
    expectTypeOf<InferSettings<typeof fields>>().toEqualTypeOf<{
      readonly apiUrl: string
      readonly pageSize: number
      readonly active: boolean
      readonly region: 'eu' | 'us'
      readonly limits: { readonly perDay?: number | undefined }
      readonly note?: string | undefined
      readonly signingKey?: string | undefined
    }>()
  })

  test('in the client: no secrets at all', () => {
    expectTypeOf<keyof InferClientSettings<typeof fields>>().toEqualTypeOf<
      'apiUrl' | 'note' | 'pageSize' | 'active' | 'region' | 'limits'
    >()
  })

  test('a default wins over optional, in either order', () => {
    const both = {
      a: Settings.number({ label: 'A' }).optional().default(1),
      b: Settings.number({ label: 'B', default: 1 }).optional(),
    }
    expectTypeOf<InferSettings<typeof both>>().toEqualTypeOf<{ readonly a: number; readonly b: number }>()
  })
})

test('the builders refuse what their field does not take', () => {
  // @ts-expect-error `stepp` is not an option of number()
  Settings.number({ label: 'A', stepp: 1 })
  // @ts-expect-error the default of a number is a number
  Settings.number({ label: 'A' }).default('1')
  // @ts-expect-error the default of a select is one of its options
  Settings.select({ label: 'A', options: ['a', 'b'] }).default('c')
  // @ts-expect-error the default of a select is one of its options
  Settings.select({ label: 'A', options: ['a', 'b'], default: 'c' })
  // @ts-expect-error a secret has no default
  expect(() => Settings.secret({ label: 'A' }).default('x')).toThrow()
  // @ts-expect-error every field has a label
  Settings.string({})
})

describe('serializeSettings', () => {
  test('writes what the form is made from, in the order of the fields', () => {
    const schema = serializeSettings(fields)
    expect(Object.keys(schema)).toEqual(Object.keys(fields))
    expect(schema).toMatchObject({
      apiUrl: { type: 'string', label: 'API URL', format: 'url' },
      note: { optional: true, multiline: true },
      pageSize: { type: 'number', default: 20 },
      region: {
        options: [
          { value: 'eu', label: 'eu' },
          { value: 'us', label: 'United States' },
        ],
      },
      signingKey: { type: 'secret', reveal: true, optional: true },
      limits: { type: 'struct', label: 'Limits', fields: { perDay: { type: 'number', optional: true } } },
    })
  })

  test('is plain data that JSON keeps', () => {
    const schema = serializeSettings(fields)
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  test('leaves the builder it was chained from as it was', () => {
    const field = Settings.string({ label: 'A' })
    field.optional()
    field.default('x')
    expect(serializeSettings({ field })).toEqual({ field: { type: 'string', label: 'A' } })
  })

  test.each([
    ['a name with a dot', { 'a.b': Settings.string({ label: 'A' }) }, 'settings.a.b'],
    ['a name of Object.prototype', { constructor: Settings.string({ label: 'A' }) }, 'settings.constructor'],
    ['a value that is no builder', { a: 'text' }, 'settings.a'],
    ['nothing', { a: null }, 'settings.a'],
    ['options that are empty', { a: Settings.select({ label: 'A', options: [] }) }, 'settings.a.options'],
  ])('refuses %s and says where', (_what, value, path) => {
    // What a developer writes without types.
    const wrong = value as unknown as SettingsFields
    expect(() => serializeSettings(wrong)).toThrow(
      expect.objectContaining({ code: 'INVALID_MANIFEST', message: expect.stringContaining(path) }),
    )
  })
})
