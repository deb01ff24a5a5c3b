import { pageSize } from '../cursor'
import { followedCalls, followedSince } from '../follow-cursor'
import type { FunctionCallRecord } from '../records'
import type { AuditStore, FunctionCallFilter, FunctionCallStore } from '../storage'
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
  async list(organizationId, page) {
    return newestPage('audit', tables.audit, page, (entry) => entry.organizationId === organizationId)
  },
})
