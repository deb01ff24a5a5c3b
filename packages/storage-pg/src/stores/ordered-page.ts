import { createCursor, type PageOf, type PageRequest, pageSize, parseCursor } from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import type { Queryable } from '../database'
import { selectAll } from '../rows'
import { defineTable, type Table } from '../table'

/** Which rows of a table, in which order. Rows are `r`; `$1` to `$3` are the cursor and the size, so that `params` begin at `$4`. */
export interface OrderedRows<T> {
  /** Names the list, for its cursors. */
  readonly list: string
  readonly where: string
  readonly params: readonly unknown[]
  readonly newestFirst: boolean
  readonly time: { readonly column: string; readonly of: (row: T) => Date }
}

/** The time of most rows. */
export const CREATED = { column: 'created_at', of: ({ createdAt }: { readonly createdAt: Date }) => createdAt }

/** One page of rows by a time and, where times are equal, by the order in which they were added. */
export const orderedPage = async <T>(
  database: Queryable,
  s: string,
  table: Table<T>,
  { list, where, params, newestFirst, time }: OrderedRows<T>,
  { cursor, limit }: PageRequest,
): Promise<PageOf<T>> => {
  const size = pageSize(limit)
  // Negative in the cursor when the newest comes first, as in the memory storage: the list is ascending.
  const sign = newestFirst ? -1 : 1
  const [at, seq] = cursor === undefined ? [null, null] : parseCursor(list, cursor, ['number', 'number'])
  const numbered = defineTable<{ readonly seq: number; readonly item: T }>(table.name, {
    seq: number,
    item: json((value) => table.parse(value)),
  })
  const [than, order] = newestFirst ? ['<', 'desc'] : ['>', 'asc']
  const rows = await selectAll(
    database,
    numbered,
    `select json_build_object('seq', r.seq, 'item', ${table.json('r')})::text as record from ${s}.${table.name} r
    where ${where}
      and ($1::bigint is null
        or (r.${time.column}, r.seq) ${than} (to_timestamp($1::bigint / 1000.0)::timestamptz(3), $2::bigint))
    order by r.${time.column} ${order}, r.seq ${order} limit $3::int`,
    [at === null ? null : Math.max(0, sign * at), seq === null ? null : sign * seq, size + 1, ...params],
  )
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => item),
    nextCursor:
      last && rows.length > size ? createCursor(list, [sign * time.of(last.item).getTime(), sign * last.seq]) : null,
  }
}
