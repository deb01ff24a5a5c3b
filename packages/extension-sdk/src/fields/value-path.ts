import { isPrototypeKey } from '../protocol/parse'

/** Where a value stands: names of fields and places in lists. */
export type ValuePath = readonly (string | number)[]

/** `address.lines.0` as a path. */
export const toPath = (name: string): ValuePath => name.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))

export const readPath = (value: unknown, [key, ...rest]: ValuePath): unknown => {
  if (key === undefined) return value
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return readPath(Reflect.get(value, key), rest)
}

/** The value with another one at a path. What is not on the way stays the same object. */
export const writePath = (value: unknown, [key, ...rest]: ValuePath, next: unknown): unknown => {
  if (key === undefined) return next
  if (isPrototypeKey(String(key))) return value
  const inner = writePath(readPath(value, [key]), rest, next)
  if (typeof key === 'string') return { ...(value as object | undefined), [key]: inner }
  const items: unknown[] = Array.isArray(value) ? [...value] : []
  items[key] = inner
  return items
}
