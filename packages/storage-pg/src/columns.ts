import { isRefusal, type Manifest, parseManifest } from '@souk/server-adapter/storage'

/** How one property of a record is written to and read from its column. */
export interface Column<T> {
  /** The value inside the JSON of a row. Read as JSON, a row does not depend on the type parsers the driver was given. */
  readonly read: (column: string) => string
  readonly write: (placeholder: string) => string
  readonly toParam: (value: T) => unknown
  /** @throws {string} What was expected, when the value is not of this column. */
  readonly parse: (value: unknown) => T
}

const plain = (column: string): string => column

const column = <T>(
  expected: string,
  isValue: (value: unknown) => value is T,
  sql: Partial<Pick<Column<T>, 'read' | 'write' | 'toParam'>> = {},
): Column<T> => ({
  read: plain,
  write: plain,
  toParam: (value) => value,
  ...sql,
  parse: (value) => {
    if (!isValue(value)) throw expected
    return value
  },
})

export const text: Column<string> = column('a text', (value) => typeof value === 'string')
export const boolean: Column<boolean> = column('true or false', (value) => typeof value === 'boolean')
export const number: Column<number> = column('a number', (value) => typeof value === 'number')

export const texts: Column<readonly string[]> = column(
  'an array of texts',
  (value): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  { write: (placeholder) => `${placeholder}::text[]` },
)

export const oneOf = <const V extends string>(...values: readonly V[]): Column<V> =>
  column(`one of ${values.join(', ')}`, (value): value is V => values.some((allowed) => allowed === value))

/** An array of some of these texts. */
export const someOf = <const V extends string>(...values: readonly V[]): Column<readonly V[]> => {
  const one = oneOf(...values)
  return {
    ...texts,
    parse: (value) => texts.parse(value).map(one.parse),
  }
}

/** In SQL a timestamp of milliseconds, in JSON milliseconds since 1970. */
export const time: Column<Date> = {
  read: (name) => `(extract(epoch from ${name}) * 1000)::bigint`,
  write: (placeholder) => `${placeholder}::timestamptz`,
  toParam: (value) => value.toISOString(),
  parse: (value) => {
    if (!Number.isSafeInteger(value)) throw 'a time'
    // An integer, as just checked.
    return new Date(value as number)
  },
}

/** A `json` column: unlike `jsonb` it keeps the order of keys, which is the order of a settings form. */
export const json = <T>(parse: (value: unknown) => T): Column<T> => ({
  read: plain,
  write: (placeholder) => `${placeholder}::text::json`,
  toParam: (value) => JSON.stringify(value),
  parse,
})

export const manifest: Column<Manifest> = json((value) => {
  const parsed = parseManifest(value)
  if (isRefusal(parsed)) throw `a manifest (${parsed.refused})`
  return parsed
})

export const nullable = <T>(inner: Column<T>): Column<T | null> => ({
  read: inner.read,
  write: inner.write,
  toParam: (value) => (value === null ? null : inner.toParam(value)),
  parse: (value) => (value === null ? null : inner.parse(value)),
})
