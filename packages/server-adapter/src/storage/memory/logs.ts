import { pageSize } from '../cursor'
import { followedCalls, followedSince } from '../follow-cursor'
import type { AuditRecord, FunctionCallRecord } from '../records'
import type { AuditOwner, AuditStore, FunctionCallFilter, FunctionCallStore } from '../storage'
import { ensure, insert, type Tables } from './tables'
import { newestPage } from './take-page'

export const createMemoryFunctionCalls = (tables: Tables): FunctionCallStore => {
  const numbers = new Map<string, number>()
  let recorded = 0

  return {
    async record(call) {
      ensure(
        tables.installations.get(call.installationId)?.organizationId === call.organizationId,
        `There is no installation ${call.installationId} in the organization of the call.`,
      )
      ensure(tables.deployments.has(call.deploymentId), `There is no deployment ${call.deploymentId}.`)
      insert(tables.functionCalls, call, 'a function call')
      numbers.set(call.id, ++recorded)
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
        (call) =>
          call.organizationId === organizationId && call.installationId === installationId && matches(call, page),
      )
    },
    async follow(appId, page, settled) {
      const after = followedSince(page.cursor)
      const size = pageSize(page.limit)
      const rows = [...tables.functionCalls.values()]
        .map((call) => ({ seq: numbers.get(call.id) ?? 0, call: structuredClone(call) }))
        .filter(({ call }) => tables.installations.get(call.installationId)?.appId === appId && matches(call, page))
      const items = after === null ? rows.slice(-size) : rows.filter(({ seq }) => seq > after).slice(0, size)
      return followedCalls(items, { after, size, settled })
    },
    async removeBefore(before) {
      const old = [...tables.functionCalls.values()].filter(({ createdAt }) => createdAt < before)
      for (const { id } of old) tables.functionCalls.delete(id) && numbers.delete(id)
      return old.length
    },
  }
}

const matches = (call: FunctionCallRecord, { functionId, outcome, traceId }: FunctionCallFilter): boolean =>
  call.functionId === (functionId ?? call.functionId) &&
  call.outcome === (outcome ?? call.outcome) &&
  call.traceId === (traceId ?? call.traceId)

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
