import {
  type AuditStore,
  type CallTally,
  type FunctionCallFilter,
  type FunctionCallStore,
  followedCalls,
  followedSince,
  type NumberedCall,
  pageSize,
} from '@souk/server-adapter/storage'
import { json, number } from '../columns'
import { selectAll, selectExactlyOne } from '../rows'
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
  tally: (deploymentId, since, errorCodes) =>
    selectExactlyOne(
      scopes.platform,
      TALLY,
      `select json_build_object(
        'calls', count(*),
        'failed', count(*) filter (where c.error_code = any($3::text[])),
        'failedInstallations', count(distinct c.installation_id) filter (where c.error_code = any($3::text[]))
      )::text as record
      from ${s}.function_call c where c.deployment_id = $1 and c.created_at >= $2::timestamptz`,
      [deploymentId, since.toISOString(), errorCodes],
    ),
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
  list(owner, { actorId, action, resourceId, since, until, ...page }) {
    const params: unknown[] = []
    const conditions: string[] = []
    const add = (condition: (placeholder: string) => string, value: unknown) => {
      if (value !== undefined) conditions.push(condition(`$${params.push(value) + 3}`))
    }
    if (owner.type !== 'platform')
      add(
        (owned) => `r.${owner.type === 'organization' ? 'organization_id' : 'developer_account_id'} = ${owned}`,
        owner.id,
      )
    add((actor) => `r.actor_id = ${actor}`, actorId)
    add((named) => `r.action = ${named}`, action)
    add((resource) => `r.resource_id = ${resource}`, resourceId)
    add((from) => `r.created_at >= ${from}::timestamptz`, since?.toISOString())
    add((end) => `r.created_at < ${end}::timestamptz`, until?.toISOString())
    return orderedPage(
      owner.type === 'organization' ? scopes.organization(owner.id) : scopes.platform,
      s,
      AUDIT,
      {
        list: 'audit',
        where: conditions.length > 0 ? conditions.join(' and ') : 'true',
        params,
        newestFirst: true,
        time: CREATED,
      },
      page,
    )
  },
})

const TALLY = defineTable<CallTally>('function_call', { calls: number, failed: number, failedInstallations: number })
