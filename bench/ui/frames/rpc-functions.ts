/** What crosses instead of a function. */
export interface FunctionReference {
  readonly $function: number
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Copies a plain value, with every function, or what stands for one, exchanged. */
export const exchange = (value: unknown, swap: (value: unknown) => unknown): unknown => {
  const swapped = swap(value)
  if (swapped !== value) return swapped
  if (Array.isArray(value)) return value.map((item) => exchange(item, swap))
  if (isPlainObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exchange(item, swap)]))
  return value
}

/** Gives functions numbers, and finds them again. The same function keeps its number. */
export const createFunctionTable = () => {
  const functions = new Map<number, (...args: readonly unknown[]) => unknown>()
  const ids = new WeakMap<object, number>()
  let next = 1
  return {
    encode: (value: unknown): unknown => {
      if (typeof value !== 'function') return value
      const id = ids.get(value) ?? next++
      ids.set(value, id)
      functions.set(id, value as (...args: readonly unknown[]) => unknown)
      return { $function: id } satisfies FunctionReference
    },
    call: (id: number, args: readonly unknown[]) => functions.get(id)?.(...args),
  }
}

export const isReference = (value: unknown): value is FunctionReference =>
  isPlainObject(value) && typeof value.$function === 'number'
