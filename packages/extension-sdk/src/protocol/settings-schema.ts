import { describe, isName, isPrototypeKey, isRecord, isString, type Parsed, refuse } from './parse'

interface FieldBase {
  readonly label: string
  readonly description?: string
  readonly optional?: true
}

export interface StringSetting extends FieldBase {
  readonly type: 'string'
  readonly placeholder?: string
  readonly default?: string
  readonly minLength?: number
  readonly maxLength?: number
  /** A regular expression. It is evaluated in linear time. */
  readonly pattern?: string
  /** What to say when the pattern does not match: how the value has to look. */
  readonly patternMessage?: string
  readonly format?: 'url' | 'email'
  readonly multiline?: true
}

/** A value that is written once and never shown again. */
export interface SecretSetting extends FieldBase {
  readonly type: 'secret'
  readonly placeholder?: string
  readonly minLength?: number
  readonly maxLength?: number
  /** Server functions may read the value. Without it, only the egress broker uses it (see `EgressRule.attach`). */
  readonly reveal?: true
}

export interface NumberSetting extends FieldBase {
  readonly type: 'number'
  readonly default?: number
  readonly min?: number
  readonly max?: number
  readonly step?: number
}

export interface BooleanSetting extends FieldBase {
  readonly type: 'boolean'
  readonly default?: boolean
}

export interface SelectSetting extends FieldBase {
  readonly type: 'select'
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly default?: string
}

export interface StructSetting extends FieldBase {
  readonly type: 'struct'
  readonly fields: SettingsSchema
}

export type SettingField =
  | StringSetting
  | SecretSetting
  | NumberSetting
  | BooleanSetting
  | SelectSetting
  | StructSetting

/** The settings of one scope, in the order of the form. */
export interface SettingsSchema {
  readonly [key: string]: SettingField
}

export interface SettingsSchemas {
  readonly organization: SettingsSchema
  readonly user: SettingsSchema
}

export type LeafSetting = Exclude<SettingField, StructSetting>

/** Every field that holds a value, with its path in dots: `api.url`. */
export const settingLeaves = (schema: SettingsSchema, prefix = ''): readonly (readonly [string, LeafSetting])[] =>
  Object.entries(schema).flatMap(([key, field]) =>
    field.type === 'struct' ? settingLeaves(field.fields, `${prefix}${key}.`) : [[`${prefix}${key}`, field] as const],
  )

const KEY = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/

export const parseSettingsSchema = (value: unknown, path: string, depth = 0): Parsed<SettingsSchema> => {
  const problem = findSchemaProblem(value, path, depth)
  return problem ? refuse(problem) : (value as SettingsSchema)
}

const findSchemaProblem = (value: unknown, path: string, depth: number): string | undefined => {
  if (!isRecord(value)) return `${path} must be an object; received ${describe(value)}.`
  if (depth > 4) return `${path} is nested deeper than 4 levels.`
  const keys = Object.keys(value)
  if (keys.length > 200) return `${path} has ${keys.length} settings; at most 200 are allowed.`
  for (const key of keys) {
    if (isPrototypeKey(key) || !KEY.test(key))
      return `${path}.${key} is not a name for a setting; use letters, digits and underscores.`
    const problem = findFieldProblem(value[key], `${path}.${key}`, depth)
    if (problem) return problem
  }
  return undefined
}

const isOptional = (value: unknown, type: 'string' | 'number' | 'boolean'): boolean =>
  value === undefined || typeof value === type

const findFieldProblem = (field: unknown, path: string, depth: number): string | undefined => {
  if (!isRecord(field)) return `${path} must be an object; received ${describe(field)}.`
  if (!isName(field.label)) return `${path}.label must be 1 to 200 characters.`
  if (!isOptional(field.description, 'string')) return `${path}.description must be a string.`
  if (field.optional !== undefined && field.optional !== true) return `${path}.optional must be true or absent.`
  switch (field.type) {
    case 'string':
    case 'secret':
      if (!isOptional(field.minLength, 'number') || !isOptional(field.maxLength, 'number'))
        return `${path}.minLength and maxLength must be numbers.`
      if (!isOptional(field.placeholder, 'string')) return `${path}.placeholder must be a string.`
      if (field.type === 'secret' && field.default !== undefined)
        return `${path} is a secret and cannot have a default.`
      if (!isOptional(field.default, 'string')) return `${path}.default must be a string.`
      if (field.pattern !== undefined && (!isString(field.pattern) || field.pattern.length > 500))
        return `${path}.pattern must be a regular expression of at most 500 characters.`
      if (!isOptional(field.patternMessage, 'string')) return `${path}.patternMessage must be a string.`
      return field.format === undefined || field.format === 'url' || field.format === 'email'
        ? undefined
        : `${path}.format must be url or email.`
    case 'number':
      return ['default', 'min', 'max', 'step'].every((key) => isOptional(field[key], 'number'))
        ? undefined
        : `${path}: default, min, max and step must be numbers.`
    case 'boolean':
      return isOptional(field.default, 'boolean') ? undefined : `${path}.default must be true or false.`
    case 'select': {
      const { options } = field
      if (!Array.isArray(options) || options.length === 0 || options.length > 500)
        return `${path}.options must be an array of 1 to 500 choices.`
      if (!options.every((option) => isRecord(option) && isString(option.value) && isName(option.label)))
        return `${path}.options must be { value, label } each.`
      return field.default === undefined || options.some((option) => option.value === field.default)
        ? undefined
        : `${path}.default must be one of its options.`
    }
    case 'struct':
      return findSchemaProblem(field.fields, `${path}.fields`, depth + 1)
    default:
      return `${path}.type is ${describe(field.type)}; expected string, secret, number, boolean, select or struct.`
  }
}
