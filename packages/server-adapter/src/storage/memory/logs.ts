import type { AuditStore, FunctionCallStore, PageOf, PageRequest } from '../storage'
import { ensure, insert, type Tables } from './tables'
import { takePage } from './take-page'

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

const newestPage = <T extends { readonly createdAt: Date }>(
  list: string,
  table: ReadonlyMap<string, T>,
  page: PageRequest,
  matches: (row: T) => boolean,
): PageOf<T> => {
  // Rows are only ever added, so a row's index is its number. Negative: the newest first.
  const rows = [...table.values()].map((item, index) => ({ key: [-item.createdAt.getTime(), -index], item }))
  return takePage(
    list,
    ['number', 'number'],
    rows.filter(({ item }) => matches(item)),
    page,
  )
}
