/**
 * The few questions every `parse...` function asks. A value from outside is `unknown` until one of them returned it.
 *
 * A parser returns either the value or a `Refusal`: a sentence that says where the input was wrong and what was expected.
 */
export interface Refusal {
  readonly refused: string
}

export const refuse = (sentence: string): Refusal => ({ refused: sentence })

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Refusal>).refused === 'string'

export type Parsed<T> = T | Refusal

/** Keys that would reach an object's prototype when assigned. They never pass a boundary. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export const isPrototypeKey = (key: string): boolean => PROTOTYPE_KEYS.has(key)

/** A plain object: made by a literal, `JSON.parse` or a structured clone, without accessors of its own class. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  // A record of another realm has that realm's Object.prototype, whose own prototype is null.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

export const isString = (value: unknown): value is string => typeof value === 'string'

/** A string of 1 to `max` characters. */
export const isName = (value: unknown, max = 200): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= max

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/**
 * An array of at most `max` items, each of which `isItem`. A structured clone keeps the holes of an array and `every()` steps over
 * them, so it is copied first; and its length is asked before that, since an empty array may be almost infinitely long.
 */
export const isArrayOf = <T>(
  value: unknown,
  isItem: (item: unknown) => item is T,
  max: number,
): value is readonly T[] => Array.isArray(value) && value.length <= max && Array.from<unknown>(value).every(isItem)

export const isStringArray = (value: unknown, max = 1000): value is readonly string[] => isArrayOf(value, isString, max)

/** What was received, said shortly enough for an error message and without its content. */
export const describe = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object')
    return isRecord(value) ? 'an object' : `a ${value.constructor?.name ?? 'class instance'}`
  if (typeof value === 'string')
    return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value)
  if (value === undefined) return 'nothing'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`
}
