import { describe, isRecord } from '@souk/extension-sdk/protocol'

/** Says what is wrong with a value, or nothing. */
export type Shape = (value: unknown, at: string) => string | undefined

const primitive =
  (type: 'string' | 'number' | 'boolean'): Shape =>
  (value, at) =>
    typeof value === type ? undefined : `${at} is ${describe(value)}, not a ${type}`

export const text = primitive('string')
export const number = primitive('number')
export const flag = primitive('boolean')

export const nullable =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? undefined : shape(value, at)

export const optional =
  (shape: Shape): Shape =>
  (value, at) =>
    value === undefined ? undefined : shape(value, at)

export const oneOf =
  (...values: readonly string[]): Shape =>
  (value, at) =>
    values.some((one) => one === value) ? undefined : `${at} is ${describe(value)}, not one of ${values.join(', ')}`

export const list =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is ${describe(value)}, not an array`
    for (const [index, one] of value.entries()) {
      const problem = item(one, `${at}[${index}]`)
      if (problem) return problem
    }
    return undefined
  }

/** Fields it does not name may be there: a newer server may say more. */
export const object =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at} is ${describe(value)}, not an object`
    for (const [key, shape] of Object.entries(fields)) {
      const problem = shape(Object.hasOwn(value, key) ? value[key] : undefined, `${at}.${key}`)
      if (problem) return problem
    }
    return undefined
  }

export const recordOf =
  (item: Shape): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at} is ${describe(value)}, not an object`
    for (const [key, one] of Object.entries(value)) {
      const problem = item(one, `${at}.${key}`)
      if (problem) return problem
    }
    return undefined
  }

export const anyOf =
  (...shapes: readonly Shape[]): Shape =>
  (value, at) =>
    shapes.some((shape) => shape(value, at) === undefined) ? undefined : `${at} is ${describe(value)}`
