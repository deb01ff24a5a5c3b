/** What an answer of the API looks like, as plain data: types, checks, and the server's OpenAPI document are made from it. */

import type { FieldSchemas } from './field-schema'
import type { Manifest } from './manifest'
import { describe, isRecord } from './parse'
import type { SettingsSchema } from './settings-schema'

export type Shape =
  | 'text'
  /** ISO 8601 in UTC. */
  | 'time'
  | 'number'
  | 'flag'
  /** What a setting may hold: text, number or flag. */
  | 'setting-value'
  | 'settings-schema'
  | 'field-schemas'
  | 'manifest'
  /** Any JSON value. */
  | 'json'
  /** One of these texts. */
  | readonly string[]
  | { readonly list: Shape }
  | { readonly record: Shape }
  | { readonly nullable: Shape }
  | ObjectShape

type Fields = Readonly<Record<string, Shape>>

export interface ObjectShape {
  /** Its name in the OpenAPI document. */
  readonly name?: string
  /** Its fields come first. */
  readonly base?: ObjectShape
  readonly fields: Fields
  /** Fields that may be absent. */
  readonly optional?: Fields
}

type Flat<T> = { readonly [K in keyof T]: T[K] }
type OfFields<F> = { readonly [K in keyof F]: Infer<F[K]> }
type OfOptional<S> = S extends { readonly optional: infer F } ? { readonly [K in keyof F]?: Infer<F[K]> } : unknown
type OfBase<S> = S extends { readonly base: infer B } ? Infer<B> : unknown

/** The type of the values of a shape. */
export type Infer<S> = S extends 'text' | 'time'
  ? string
  : S extends 'number'
    ? number
    : S extends 'flag'
      ? boolean
      : S extends 'setting-value'
        ? string | number | boolean
        : S extends 'settings-schema'
          ? SettingsSchema
          : S extends 'field-schemas'
            ? FieldSchemas
            : S extends 'manifest'
              ? Manifest
              : S extends 'json'
                ? unknown
                : S extends readonly (infer One)[]
                  ? One
                  : S extends { readonly list: infer Item }
                    ? readonly Infer<Item>[]
                    : S extends { readonly record: infer Item }
                      ? Readonly<Record<string, Infer<Item>>>
                      : S extends { readonly nullable: infer Some }
                        ? Infer<Some> | null
                        : S extends { readonly fields: infer F }
                          ? Flat<OfBase<S> & OfFields<F> & OfOptional<S>>
                          : never

const setting: ObjectShape = {
  fields: { type: 'text', label: 'text' },
  optional: { description: 'text', optional: 'flag' },
}

/** What else a field has follows from its type; the server parsed all of it. */
const field: ObjectShape = { fields: { type: 'text' } }

/**
 * Says what is wrong with a value, or nothing. Fields that a shape does not name may be there: a newer server may say more.
 *
 * @param at Where the value stands, for the sentence.
 */
export const checkShape = (shape: Shape, value: unknown, at: string): string | undefined => {
  if (typeof shape === 'string') return checkSimple(shape, value, at)
  if (isOneOf(shape))
    return shape.some((one) => one === value)
      ? undefined
      : `${at} is ${describe(value)}, not one of ${shape.join(', ')}`
  if ('nullable' in shape) return value === null ? undefined : checkShape(shape.nullable, value, at)
  if ('list' in shape) {
    if (!Array.isArray(value)) return `${at} is ${describe(value)}, not an array`
    return firstProblem(value.entries(), (index, item) => checkShape(shape.list, item, `${at}[${index}]`))
  }
  if (!isRecord(value)) return `${at} is ${describe(value)}, not an object`
  if ('record' in shape)
    return firstProblem(Object.entries(value), (key, item) => checkShape(shape.record, item, `${at}.${key}`))
  // What is inherited is not a field.
  const own = (key: string) => (Object.hasOwn(value, key) ? value[key] : undefined)
  return (
    (shape.base && checkShape(shape.base, value, at)) ??
    firstProblem(Object.entries(shape.fields), (key, field) => checkShape(field, own(key), `${at}.${key}`)) ??
    firstProblem(Object.entries(shape.optional ?? {}), (key, field) =>
      own(key) === undefined ? undefined : checkShape(field, own(key), `${at}.${key}`),
    )
  )
}

const TYPES = { text: ['string'], time: ['string'], number: ['number'], flag: ['boolean'] } as const
const SETTING_VALUES: readonly string[] = ['string', 'number', 'boolean']

const checkSimple = (shape: Extract<Shape, string>, value: unknown, at: string): string | undefined => {
  if (shape === 'json') return value === undefined ? `${at} is missing` : undefined
  if (shape === 'manifest') return isRecord(value) ? undefined : `${at} is ${describe(value)}, not an object`
  if (shape === 'settings-schema') {
    if (!isRecord(value)) return `${at} is ${describe(value)}, not an object`
    return firstProblem(Object.entries(value), (key, field) => checkSetting(field, `${at}.${key}`))
  }
  if (shape === 'field-schemas') return checkShape({ record: field }, value, at)
  const types: readonly string[] = shape === 'setting-value' ? SETTING_VALUES : TYPES[shape]
  return types.includes(typeof value) ? undefined : `${at} is ${describe(value)}, not a ${types.join(' or ')}`
}

// A struct nests.
const checkSetting = (value: unknown, at: string): string | undefined =>
  checkShape(setting, value, at) ??
  (isRecord(value) && value.fields !== undefined
    ? checkSimple('settings-schema', value.fields, `${at}.fields`)
    : undefined)

const firstProblem = <K, V>(
  entries: Iterable<readonly [K, V]>,
  check: (key: K, value: V) => string | undefined,
): string | undefined => {
  for (const [key, value] of entries) {
    const problem = check(key, value)
    if (problem) return problem
  }
  return undefined
}

// Array.isArray() does not narrow a readonly array.
const isOneOf = (shape: Exclude<Shape, string>): shape is readonly string[] => Array.isArray(shape)
