import { type CursorKey, createCursor, pageSize, parseCursor } from '../cursor'
import type { PageOf, PageRequest } from '../storage'

/** A row with the key it is sorted by, ascending. */
export interface Keyed<T> {
  readonly key: CursorKey
  readonly item: T
}

/** One page of rows: those whose key comes after the cursor's. */
export const takePage = <T>(
  list: string,
  shape: readonly ('string' | 'number')[],
  rows: readonly Keyed<T>[],
  request: PageRequest,
): PageOf<T> => {
  const after = request.cursor === undefined ? undefined : parseCursor(list, request.cursor, shape)
  const sorted = [...rows].sort((a, b) => compareKeys(a.key, b.key))
  const rest = after === undefined ? sorted : sorted.filter((row) => compareKeys(row.key, after) > 0)
  const page = rest.slice(0, pageSize(request.limit))
  const last = page.at(-1)
  return {
    items: structuredClone(page.map((row) => row.item)),
    nextCursor: last && rest.length > page.length ? createCursor(list, last.key) : null,
  }
}

interface Created {
  readonly createdAt: Date
}

/** One page of a table's rows, oldest first. Rows are only ever added, so a row's index is its number. */
export const oldestPage = <T extends Created>(
  list: string,
  table: ReadonlyMap<string, T>,
  page: PageRequest,
  matches: (row: T) => boolean,
): PageOf<T> => byTime(list, table, page, matches, 1)

/** The same, newest first. */
export const newestPage = <T extends Created>(
  list: string,
  table: ReadonlyMap<string, T>,
  page: PageRequest,
  matches: (row: T) => boolean,
): PageOf<T> => byTime(list, table, page, matches, -1)

const byTime = <T extends Created>(
  list: string,
  table: ReadonlyMap<string, T>,
  page: PageRequest,
  matches: (row: T) => boolean,
  sign: 1 | -1,
): PageOf<T> => {
  const rows = [...table.values()].map((item, index) => ({
    key: [sign * item.createdAt.getTime(), sign * index],
    item,
  }))
  return takePage(
    list,
    ['number', 'number'],
    rows.filter(({ item }) => matches(item)),
    page,
  )
}

const compareKeys = (a: CursorKey, b: CursorKey): number => {
  for (const [index, part] of a.entries()) {
    // Keys of one list have the same shape.
    const other = b[index] as typeof part
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}
