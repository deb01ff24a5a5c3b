import { isRecord, StorageError } from '@souk/server-adapter/storage'
import type { Column } from './columns'

export type Columns<T> = { readonly [K in keyof T]-?: Column<T[K]> }

/** A table and the record its rows are. */
export interface Table<T> {
  readonly name: string
  /** The row under `alias` as one JSON object, for a select list. */
  readonly json: (alias: string) => string
  /** The columns of an insert, and the placeholders of `params`. */
  readonly columns: string
  readonly values: string
  /** How many columns. */
  readonly size: number
  readonly params: (record: T) => unknown[]
  /** @throws {StorageError} `CORRUPT_ROW` */
  readonly parse: (value: unknown) => T
}

export const defineTable = <T extends object>(name: string, columns: Columns<T>): Table<T> => {
  // Keys of the columns are those of the record, by the type of `Columns`.
  const entries = Object.entries(columns) as [keyof T & string, Column<unknown>][]

  return {
    name,
    json: (alias) =>
      `json_build_object(${entries.map(([key, { read }]) => `'${key}', ${read(`${alias}.${snake(key)}`)}`).join(', ')})`,
    columns: entries.map(([key]) => snake(key)).join(', '),
    values: entries.map(([, { write }], index) => write(`$${index + 1}`)).join(', '),
    size: entries.length,
    params: (record) => entries.map(([key, { toParam }]) => toParam(record[key])),
    parse: (value) => {
      if (!isRecord(value)) throw corrupt(name, 'the row', 'an object')
      const read = entries.map(([key, { parse }]) => {
        try {
          return [key, parse(value[key])] as const
        } catch (expected) {
          throw corrupt(name, key, String(expected))
        }
      })
      // Every column of T was parsed.
      return Object.fromEntries(read) as T
    },
  }
}

/** Reads the one column `record` that every query of ours selects: JSON as text. */
export const parseRow = (row: unknown): unknown => {
  const text = isRecord(row) ? row.record : undefined
  if (typeof text !== 'string') throw corrupt('a query', 'record', 'a text')
  return JSON.parse(text)
}

const corrupt = (table: string, key: string, expected: string): StorageError =>
  new StorageError(
    'CORRUPT_ROW',
    `A row of ${table} cannot be read: ${key} is not ${expected}. It was not written by this version of Souk; restore it.`,
  )

const snake = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
