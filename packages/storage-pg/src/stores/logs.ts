import {
  type AuditStore,
  type FunctionCallFilter,
  type FunctionCallStore,
  followedCalls,
  followedSince,
  type NumberedCall,
  pageSize,
} from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import { selectAll } from '../rows'
import type { Scopes } from '../scopes'
import { defineTable } from '../table'
import { AUDIT, FUNCTION_CALL } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

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
    orderedPage(
      scopes.organization(organizationId),
      s,
      FUNCTION_CALL,
      {
        list: 'function-calls',
        where: `r.organization_id = $4 and r.installation_id = $5 and ${matching(6)}`,
        params: [organizationId, installationId, ...filterParams(page)],
        newestFirst: true,
        time: CREATED,
      },
      page,
    ),
  async follow(appId, page, settled) {
    const after = followedSince(page.cursor)
    const size = pageSize(page.limit)
    const rows = await selectAll(
      scopes.platform,
      NUMBERED_CALL,
      `select json_build_object('seq', r.seq, 'call', ${FUNCTION_CALL.json('r')})::text as record
      from ${s}.function_call r where r.app_id = $1 and ($2::bigint is null or r.seq > $2::bigint) and ${matching(4)}
      order by r.seq ${after === null ? 'desc' : 'asc'} limit $3::int`,
      [appId, after, size, ...filterParams(page)],
    )
    return followedCalls(after === null ? [...rows].reverse() : rows, { after, size, settled })
  },
  async removeBefore(before) {
    const removed = await scopes.platform.query(
      `delete from ${s}.function_call where created_at < $1::timestamptz returning 1 as removed`,
      [before.toISOString()],
    )
    return removed.length
  },
})

const NUMBERED_CALL = defineTable<NumberedCall>('function_call', {
  seq: number,
  call: json((value) => FUNCTION_CALL.parse(value)),
})

/** The condition of a filter whose parameters begin at `$first`. */
const matching = (first: number): string =>
  ['function_id', 'outcome', 'trace_id']
    .map((column, index) => `($${first + index}::text is null or r.${column} = $${first + index})`)
    .join(' and ')

const filterParams = ({ functionId, outcome, traceId }: FunctionCallFilter): readonly unknown[] =>
  [functionId, outcome, traceId].map((value) => value ?? null)

export const createAuditStore = (scopes: Scopes, s: string): AuditStore => ({
  async append(entry) {
    await scopes
      .organization(entry.organizationId ?? '')
      .query(`insert into ${s}.audit_entry (${AUDIT.columns}) values (${AUDIT.values})`, AUDIT.params(entry))
  },
  list: (organizationId, page) =>
    orderedPage(
      scopes.organization(organizationId),
      s,
      AUDIT,
      {
        list: 'audit',
        where: 'r.organization_id = $4',
        params: [organizationId],
        newestFirst: true,
        time: CREATED,
      },
      page,
    ),
})
