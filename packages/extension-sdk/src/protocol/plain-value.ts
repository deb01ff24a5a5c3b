import { describe, isPrototypeKey, isRecord } from './parse'

/** Data that may cross the bridge: JSON, and the built-in values that a structured clone keeps. */
export type PlainValue =
  | null
  | undefined
  | boolean
  | number
  | string
  | bigint
  | Date
  | ArrayBuffer
  | ArrayBufferView
  | ReadonlyMap<PlainValue, PlainValue>
  | ReadonlySet<PlainValue>
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

export interface PlainValueBudget {
  readonly depth: number
  readonly stringLength: number
  /** How many values, nested ones included. */
  readonly values: number
  /** Characters of all strings and bytes of all buffers together. Default: eight of the longest strings. */
  readonly size?: number
}

export const DEFAULT_VALUE_BUDGET: PlainValueBudget = { depth: 32, stringLength: 256 * 1024, values: 100_000 }

/**
 * Finds the first thing in `value` that may not cross, walking with a budget so that hostile input costs no more than it.
 *
 * @returns A sentence that names the path, or `undefined` when all of it may cross.
 */
export const findUnsendable = (
  value: unknown,
  path = 'value',
  budget: PlainValueBudget = DEFAULT_VALUE_BUDGET,
): string | undefined => {
  let seen = 0
  let size = 0
  const sizeLimit = budget.size ?? budget.stringLength * 8
  const ancestors = new Set<object>()

  const grow = (by: number): string | undefined => {
    size += by
    return size > sizeLimit ? `${path} holds more than ${sizeLimit} characters and bytes.` : undefined
  }

  const visit = (current: unknown, at: string, depth: number): string | undefined => {
    if (++seen > budget.values) return `${path} holds more than ${budget.values} values.`
    switch (typeof current) {
      case 'string':
        return current.length > budget.stringLength
          ? `${at} is a string of ${current.length} characters; at most ${budget.stringLength} may cross.`
          : grow(current.length)
      case 'boolean':
      case 'undefined':
      case 'bigint':
        return undefined
      case 'number':
        return Number.isFinite(current) ? undefined : `${at} is ${current}; only finite numbers may cross.`
      case 'function':
        return `${at} is a function. Functions cross only as event props of a component, such as onPress.`
      case 'symbol':
        return `${at} is a symbol, which cannot cross.`
    }
    if (current === null) return undefined
    const object = current as object
    if (object instanceof Date) return undefined
    if (object instanceof ArrayBuffer) return grow(object.byteLength)
    // A view brings the whole of its buffer along.
    if (ArrayBuffer.isView(object)) return grow(object.buffer.byteLength)
    if (depth >= budget.depth) return `${at} is nested deeper than ${budget.depth} levels.`
    if (ancestors.has(object)) return `${at} refers back to a value that contains it; cycles cannot cross.`
    ancestors.add(object)
    const problem = visitChildren(object, at, depth + 1)
    ancestors.delete(object)
    return problem
  }

  const visitChildren = (object: object, at: string, depth: number): string | undefined => {
    if (Array.isArray(object)) return firstProblem(object.entries(), (index) => `${at}[${index}]`, depth)
    if (object instanceof Map) {
      return (
        firstProblem([...object.keys()].entries(), (index) => `${at} (key ${index})`, depth) ??
        firstProblem([...object.values()].entries(), (index) => `${at} (value ${index})`, depth)
      )
    }
    if (object instanceof Set) return firstProblem([...object].entries(), (index) => `${at} (item ${index})`, depth)
    if (!isRecord(object)) return `${at} is ${describe(object)}; pass its data as a plain object instead.`
    for (const key of Object.keys(object)) {
      if (isPrototypeKey(key)) return `${at} has a key named ${key}, which is refused.`
      const problem = visit(object[key], `${at}.${key}`, depth)
      if (problem) return problem
    }
    return undefined
  }

  const firstProblem = (
    entries: Iterable<[number, unknown]>,
    name: (index: number) => string,
    depth: number,
  ): string | undefined => {
    for (const [index, item] of entries) {
      const problem = visit(item, name(index), depth)
      if (problem) return problem
    }
    return undefined
  }

  return visit(value, path, 0)
}
