import type { AuditStore, FunctionCallStore } from '@souk/server-adapter/storage'
import type { Scopes } from '../scopes'
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
