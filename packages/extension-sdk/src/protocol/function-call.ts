import { isPrototypeKey, isRecord, type Parsed, refuse } from './parse'
import { DEFAULT_VALUE_BUDGET, findUnsendable, type PlainValue } from './plain-value'

/**
 * Structured values as JSON text: what JSON has stays as it is, everything else is `{ "$": tag, "v": ... }`.
 * A plain object with a key `$` is itself tagged, so the encoding is unambiguous.
 */
type Encoded = null | boolean | number | string | readonly Encoded[] | { readonly [key: string]: Encoded }

const tagged = (tag: string, v: Encoded): Encoded => ({ $: tag, v })

const TYPED_ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const

const isTypedArrayName = (name: string): name is keyof typeof TYPED_ARRAYS => Object.hasOwn(TYPED_ARRAYS, name)

const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (let start = 0; start < bytes.length; start += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000))
  return btoa(binary)
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  // Many times as fast as an iterator over the text, which counts when a file comes along.
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}

const encode = (value: PlainValue): Encoded => {
  if (value === undefined) return tagged('undefined', null)
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Object.is(value, -0) ? tagged('number', '-0') : value
  if (typeof value === 'bigint') return tagged('bigint', String(value))
  if (value instanceof Date) return tagged('Date', Number.isNaN(value.getTime()) ? null : value.toISOString())
  if (value instanceof Map)
    return tagged(
      'Map',
      [...value].map(([k, v]) => [encode(k), encode(v)]),
    )
  if (value instanceof Set) return tagged('Set', [...value].map(encode))
  if (value instanceof ArrayBuffer) return tagged('ArrayBuffer', toBase64(new Uint8Array(value)))
  if (ArrayBuffer.isView(value))
    return tagged(value.constructor.name, toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)))
  if (Array.isArray(value)) return Array.from(value, encode)
  const entries = Object.entries(value).map(([key, item]): [string, Encoded] => [key, encode(item)])
  const object = Object.fromEntries(entries)
  return Object.hasOwn(object, '$') ? tagged('object', object) : object
}

/**
 * Writes arguments or a result as text.
 *
 * @returns JSON text, or a refusal that names the path of what cannot cross.
 */
export const encodeValue = (value: unknown, name = 'value'): Parsed<{ readonly text: string }> => {
  const problem = findUnsendable(value, name, { ...DEFAULT_VALUE_BUDGET, depth: 100, stringLength: 16 * 1024 * 1024 })
  // findUnsendable has just shown that all of it is plain.
  return problem ? refuse(problem) : { text: JSON.stringify(encode(value as PlainValue)) }
}

const decode = (value: unknown, depth: number): PlainValue => {
  if (depth > 100) throw new RangeError('nested deeper than 100 levels')
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number')
    return value
  if (Array.isArray(value)) return value.map((item) => decode(item, depth + 1))
  if (!isRecord(value)) throw new TypeError('not JSON')
  return Object.hasOwn(value, '$') ? decodeTagged(value.$, value.v, depth) : decodeObject(value, depth)
}

const decodeObject = (value: Readonly<Record<string, unknown>>, depth: number): PlainValue => {
  const object: Record<string, PlainValue> = {}
  for (const [key, item] of Object.entries(value)) {
    if (isPrototypeKey(key)) throw new TypeError(`a key named ${key} is refused`)
    object[key] = decode(item, depth + 1)
  }
  return object
}

const decodeTagged = (tag: unknown, value: unknown, depth: number): PlainValue => {
  if (tag === 'undefined') return undefined
  if (tag === 'number' && value === '-0') return -0
  if (tag === 'bigint' && typeof value === 'string' && /^-?\d{1,1000}$/.test(value)) return BigInt(value)
  if (tag === 'Date') return new Date(typeof value === 'string' ? value : Number.NaN)
  if (tag === 'object' && isRecord(value)) return decodeObject(value, depth)
  if (tag === 'Set' && Array.isArray(value)) return new Set(value.map((item) => decode(item, depth + 1)))
  if (tag === 'Map' && Array.isArray(value)) {
    return new Map(
      value.map((entry): [PlainValue, PlainValue] => {
        if (!Array.isArray(entry) || entry.length !== 2) throw new TypeError('a Map entry must be a pair')
        return [decode(entry[0], depth + 1), decode(entry[1], depth + 1)]
      }),
    )
  }
  if (typeof tag === 'string' && typeof value === 'string') {
    if (tag === 'ArrayBuffer') return fromBase64(value).buffer
    if (isTypedArrayName(tag)) return new TYPED_ARRAYS[tag](fromBase64(value).buffer)
  }
  throw new TypeError(`unknown tag ${JSON.stringify(tag)?.slice(0, 40)}`)
}

/** Reads what `encodeValue` wrote. The text is outside data: anything else is refused. */
export const decodeValue = (text: string): Parsed<{ readonly value: PlainValue }> => {
  try {
    return { value: decode(JSON.parse(text), 0) }
  } catch (error) {
    return refuse(`The encoded value could not be read: ${error instanceof Error ? error.message : 'unknown reason'}.`)
  }
}
