import type { AuditStore, CallTally, FunctionCallStore } from '@souk/server-adapter/storage'
import { number } from '../columns'
import { selectExactlyOne } from '../rows'
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
        where: 'r.organization_id = $4 and r.installation_id = $5',
        params: [organizationId, installationId],
        newestFirst: true,
        time: CREATED,
      },
      page,
    ),
})

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
