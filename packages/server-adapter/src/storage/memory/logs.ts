import type { AuditStore, FunctionCallStore } from '../storage'
import { ensure, insert, type Tables } from './tables'
import { newestPage } from './take-page'

export const createMemoryFunctionCalls = (tables: Tables): FunctionCallStore => ({
  async record(call) {
    ensure(
      tables.installations.get(call.installationId)?.organizationId === call.organizationId,
      `There is no installation ${call.installationId} in the organization of the call.`,
    )
    ensure(tables.deployments.has(call.deploymentId), `There is no deployment ${call.deploymentId}.`)
    insert(tables.functionCalls, call, 'a function call')
  },
  async list(organizationId, installationId, page) {
    return newestPage(
      'function-calls',
      tables.functionCalls,
      page,
      (call) => call.organizationId === organizationId && call.installationId === installationId,
    )
  },
})

export const createMemoryAudit = (tables: Tables): AuditStore => ({
  async append(entry) {
    insert(tables.audit, entry, 'an audit entry')
  },
  async list(organizationId, page) {
    return newestPage('audit', tables.audit, page, (entry) => entry.organizationId === organizationId)
  },
})
