import type { Queryable } from './database'
import { parseRow, type Table } from './table'

/** The records of a query that selects `table.json(...)::text as record`. */
export const selectAll = async <T>(
  database: Queryable,
  table: Pick<Table<T>, 'parse'>,
  statement: string,
  params: readonly unknown[],
): Promise<readonly T[]> => {
  const rows = await database.query(statement, params)
  return rows.map((row) => table.parse(parseRow(row)))
}

/** The first of them, or null. */
export const selectOne = async <T>(
  database: Queryable,
  table: Pick<Table<T>, 'parse'>,
  statement: string,
  params: readonly unknown[],
): Promise<T | null> => (await selectAll(database, table, statement, params))[0] ?? null

/** The record of a statement that always returns one. */
export const selectExactlyOne = async <T>(
  database: Queryable,
  table: Pick<Table<T>, 'parse'>,
  statement: string,
  params: readonly unknown[],
): Promise<T> => {
  const record = await selectOne(database, table, statement, params)
  if (record === null) throw new TypeError('A statement that returns its row returned none.')
  return record
}
