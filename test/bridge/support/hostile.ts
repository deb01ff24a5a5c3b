/** A place in a value: the keys that lead to it. */
export type Path = readonly (string | number)[]

const isContainer = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value)

/** Every place in a message, the message itself first. Of a packed batch's stream, the first integers. */
export const pathsOf = (value: unknown, at: Path = []): Path[] => [
  at,
  ...(value instanceof Uint8Array ? [...value.keys()].slice(0, 60).map((index) => [...at, index]) : []),
  ...(isContainer(value)
    ? Object.keys(value).flatMap((key) => pathsOf(value[key], [...at, Array.isArray(value) ? Number(key) : key]))
    : []),
]

const cyclic = () => {
  const value: Record<string, unknown> = { text: 'x' }
  value.self = value
  return value
}

const deep = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { children: value }
  return value
}

const withPrototypeKeys = (): unknown =>
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"prototype":1}')

/** What a sender who means harm may put in any place. Each can be cloned, so each can arrive. */
export const hostileValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  zero: () => 0,
  'minus one': () => -1,
  'a half': () => 0.5,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  'a number no array is as long as': () => 2 ** 53,
  'another id': () => 424_242,
  'a bigint': () => 10n,
  'an empty string': () => '',
  'an unknown word': () => 'souk-hostile',
  'a prototype name': () => '__proto__',
  'a constructor': () => 'constructor',
  markup: () => '<img src=x onerror=alert(1)>',
  'a script URL': () => 'javascript:alert(1)',
  'a huge string': () => 'x'.repeat(400_000),
  'an empty array': () => [],
  'an empty object': () => ({}),
  'a sparse array': () => new Array(1_000),
  'many values': () => Array.from({ length: 50_000 }, (_, index) => index),
  'prototype keys': withPrototypeKeys,
  'a cycle': cyclic,
  'a deep value': () => deep(1_000),
  'a React element': () => ({ $$typeof: 'Symbol(react.transitional.element)', type: 'script', props: {} }),
  'a date that is none': () => new Date(Number.NaN),
  'an error': () => new Error('x'),
  'a map': () => new Map<unknown, unknown>([['__proto__', 1]]),
  bytes: () => new Uint8Array(64),
  'a regular expression': () => /x/,
}

/** A copy of `value` with the place at `path` replaced. */
export const replaceAt = (value: unknown, path: Path, change: () => unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return change()
  if (value instanceof Uint8Array) {
    const copy = value.slice()
    copy[Number(key)] = Number(change() ?? Number.NaN)
    return copy
  }
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) }
  ;(copy as Record<string | number, unknown>)[key] = replaceAt(
    (value as Record<string | number, unknown>)[key],
    rest,
    change,
  )
  return copy
}

/** A copy of `value` without the place at `path`. */
export const removeAt = (value: unknown, path: Path): unknown => {
  const key = path.at(-1)
  if (key === undefined) return undefined
  return replaceAt(value, path.slice(0, -1), () => {
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], value)
    if (holder instanceof Uint8Array) return holder.filter((_, index) => index !== key)
    if (Array.isArray(holder)) return holder.filter((_, index) => index !== key)
    const { [key]: _removed, ...rest } = holder as Record<string | number, unknown>
    return rest
  })
}
