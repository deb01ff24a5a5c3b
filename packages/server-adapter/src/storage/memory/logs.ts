import type { AuditRecord } from '../records'
import type { AuditOwner, AuditStore, FunctionCallStore } from '../storage'
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
  async tally(deploymentId, since, errorCodes) {
    const calls = [...tables.functionCalls.values()].filter(
      (call) => call.deploymentId === deploymentId && call.createdAt >= since,
    )
    const failed = calls.filter(({ errorCode }) => errorCode !== null && errorCodes.includes(errorCode))
    const failedInstallations = new Set(failed.map(({ installationId }) => installationId)).size
    return { calls: calls.length, failed: failed.length, failedInstallations }
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
  async list(owner, { actorId, action, resourceId, since, until, ...page }) {
    return newestPage(
      'audit',
      tables.audit,
      page,
      (entry) =>
        isOwn(owner, entry) &&
        (actorId ?? entry.actorId) === entry.actorId &&
        (action ?? entry.action) === entry.action &&
        (resourceId ?? entry.resourceId) === entry.resourceId &&
        (since === undefined || entry.createdAt >= since) &&
        (until === undefined || entry.createdAt < until),
    )
  },
})

const isOwn = (owner: AuditOwner, { organizationId, developerAccountId }: AuditRecord): boolean => {
  if (owner.type === 'platform') return true
  return owner.id === (owner.type === 'organization' ? organizationId : developerAccountId)
}
