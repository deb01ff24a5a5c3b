import {
  type AuditStore,
  createCursor,
  type FunctionCallStore,
  type PageOf,
  type PageRequest,
  pageSize,
  parseCursor,
} from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import type { Queryable } from '../database'
import { selectAll } from '../rows'
import type { Scopes } from '../scopes'
import { defineTable, type Table } from '../table'
import { AUDIT, FUNCTION_CALL } from '../tables'

export const createFunctionCallStore = (scopes: Scopes, s: string): FunctionCallStore => ({
  async record(call) {
    await scopes
      .organization(call.organizationId)
      .query(
        `insert into ${s}.function_call (${FUNCTION_CALL.columns}) values (${FUNCTION_CALL.values})`,
        FUNCTION_CALL.params(call),
      )
  },
  list: (organizationId, installationId, page) =>
    newestPage(scopes.organization(organizationId), s, 'function-calls', FUNCTION_CALL, page, {
      organization_id: organizationId,
      installation_id: installationId,
    }),
})

export const createAuditStore = (scopes: Scopes, s: string): AuditStore => ({
  async append(entry) {
    await scopes
      .organization(entry.organizationId ?? '')
      .query(`insert into ${s}.audit_entry (${AUDIT.columns}) values (${AUDIT.values})`, AUDIT.params(entry))
  },
  list: (organizationId, page) =>
    newestPage(scopes.organization(organizationId), s, 'audit', AUDIT, page, { organization_id: organizationId }),
})

/** One page of a table that only grows, newest first, of the rows with these values. */
const newestPage = async <T extends { readonly createdAt: Date }>(
  database: Queryable,
  s: string,
  list: string,
  table: Table<T>,
  { cursor, limit }: PageRequest,
  where: Readonly<Record<string, string>>,
): Promise<PageOf<T>> => {
  const size = pageSize(limit)
  // Negative in the cursor, as in the memory storage: the newest first is ascending.
  const [at, seq] = cursor === undefined ? [null, null] : parseCursor(list, cursor, ['number', 'number'])
  const numbered = defineTable<{ readonly seq: number; readonly item: T }>(table.name, {
    seq: number,
    item: json((value) => table.parse(value)),
  })
  const rows = await selectAll(
    database,
    numbered,
    `select json_build_object('seq', r.seq, 'item', ${table.json('r')})::text as record from ${s}.${table.name} r
    where ${Object.keys(where)
      .map((column, index) => `r.${column} = $${index + 4}`)
      .join(' and ')}
      and ($1::bigint is null or (r.created_at, r.seq) < (to_timestamp($1::bigint / 1000.0)::timestamptz(3), $2::bigint))
    order by r.created_at desc, r.seq desc limit $3::int`,
    [at === null ? null : Math.max(0, -at), seq === null ? null : -seq, size + 1, ...Object.values(where)],
  )
  const page = rows.slice(0, size)
  const last = page.at(-1)
  return {
    items: page.map(({ item }) => item),
    nextCursor: last && rows.length > size ? createCursor(list, [-last.item.createdAt.getTime(), -last.seq]) : null,
  }
}
