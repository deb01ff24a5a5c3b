import { type LeafSetting, type SettingsSchema, settingLeaves } from '@souk/extension-sdk/protocol'
import { RE2JS } from 're2js'
import { z } from 'zod'
import type { SettingRecord } from '../storage'
import { isStorableText } from './storable-text'

/** Characters, whatever the app's own schema allows. */
const MAX_STRING_LENGTH = 10_000

export type SettingValue = string | number | boolean

/** The pattern, compiled to run in linear time; undefined when it cannot be. */
export const compilePattern = (pattern: string): RE2JS | undefined => {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern))
  } catch {
    return undefined
  }
}

/** The checks of what may be written to one scope: paths to values, null to remove, unknown paths refused. */
export const settingsWriteSchema = (schema: SettingsSchema) =>
  z.strictObject(
    Object.fromEntries(
      settingLeaves(schema).map(([path, field]) => {
        const leaf = leafSchema(field)
        // An empty text field of a form means that there is no value. An empty secret does not: it could be a slip.
        const emptyIsNone = field.type !== 'secret'
        return [path, z.preprocess((value) => (emptyIsNone && value === '' ? null : value), leaf.nullable()).optional()]
      }),
    ),
    { error: (issue) => (issue.code === 'unrecognized_keys' ? 'The app has no such setting.' : undefined) },
  )

const leafSchema = (field: LeafSetting): z.ZodType<SettingValue> => {
  switch (field.type) {
    case 'string':
    case 'secret':
      return textSchema(field)
    case 'number':
      return numberSchema(field)
    case 'boolean':
      return z.boolean({ error: 'Must be on or off.' })
    case 'select': {
      const allowed = new Set(field.options.map(({ value }) => value))
      return z
        .string({ error: 'Choose one of the options.' })
        .refine((value) => allowed.has(value), 'Choose one of the options.')
    }
  }
}

const textSchema = (field: Extract<LeafSetting, { type: 'string' | 'secret' }>): z.ZodType<string> => {
  const min = Math.max(field.minLength ?? 0, field.type === 'secret' ? 1 : 0)
  const max = Math.min(field.maxLength ?? MAX_STRING_LENGTH, MAX_STRING_LENGTH)
  const pattern = field.type === 'string' && field.pattern !== undefined ? compilePattern(field.pattern) : undefined
  const { format, patternMessage } = field.type === 'string' ? field : {}
  return z.string({ error: 'Must be text.' }).superRefine((value, { addIssue }) => {
    const problem =
      value.length > max
        ? `At most ${max} characters.`
        : value.length < min
          ? `At least ${min} ${min === 1 ? 'character' : 'characters'}.`
          : !isStorableText(value)
            ? 'Contains a character that cannot be stored.'
            : format === 'url' && !isWebUrl(value)
              ? 'Must be a web address, such as https://api.example.com.'
              : format === 'email' && !isEmail(value)
                ? 'Must be an email address, such as name@example.com.'
                : pattern && !pattern.test(value)
                  ? (patternMessage ?? 'Does not have the expected form.')
                  : undefined
    if (problem) addIssue({ code: 'custom', message: problem })
  })
}

const numberSchema = ({ min, max, step }: Extract<LeafSetting, { type: 'number' }>): z.ZodType<number> => {
  let schema = z.number({ error: 'Must be a number.' })
  if (min !== undefined) schema = schema.min(min, `At least ${min}.`)
  if (max !== undefined) schema = schema.max(max, `At most ${max}.`)
  return step !== undefined && step > 0 ? schema.multipleOf(step, `Must be a multiple of ${step}.`) : schema
}

const isWebUrl = (value: string): boolean => {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}

const isEmail = (value: string): boolean => value.length <= 320 && z.email().safeParse(value).success

export interface SettingsState {
  /** Values by path with defaults filled in, secrets absent. */
  readonly values: Readonly<Record<string, SettingValue>>
  /** Sealed secrets by path. */
  readonly sealed: ReadonlyMap<string, string>
  /** Paths of required settings without a value. */
  readonly missing: readonly string[]
}

/**
 * What the stored rows mean under one version's schema. A row of another version that does not fit, or that is secret there and not
 * here, counts as absent, so that no version reads what it may not.
 */
export const readSettings = (schema: SettingsSchema, records: readonly SettingRecord[]): SettingsState => {
  const byKey = new Map(records.map((record) => [record.key, record]))
  const values: Record<string, SettingValue> = {}
  const sealed = new Map<string, string>()
  const missing: string[] = []
  for (const [path, field] of settingLeaves(schema)) {
    const record = byKey.get(path)
    const isSecret = field.type === 'secret'
    if (record?.secret === isSecret) {
      if (isSecret) {
        sealed.set(path, String(record.value))
        continue
      }
      if (leafSchema(field).safeParse(record.value).success) {
        values[path] = record.value
        continue
      }
    }
    const fallback = defaultOf(field)
    if (fallback !== undefined) values[path] = fallback
    else if (!field.optional) missing.push(path)
  }
  return { values, sealed, missing }
}

// A check box that was never touched is off.
const defaultOf = (field: LeafSetting): SettingValue | undefined => {
  if (field.type === 'secret') return undefined
  if (field.default !== undefined) return field.default
  return field.type === 'boolean' && !field.optional ? false : undefined
}
