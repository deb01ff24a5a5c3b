import type { ConnectionRecord } from '../records'
import type { ConnectionStore, OAuthClientStore } from '../storage'
import { ensure, insert, keyOf, type Tables } from './tables'
import { oldestPage, takePage } from './take-page'
import { removeWebhookHandlers } from './webhook-handlers'

export const createMemoryConnections = (tables: Tables): ConnectionStore => {
  const find = (organizationId: string, id: string) => {
    const row = tables.connections.get(id)
    return row?.organizationId === organizationId ? row : undefined
  }

  return {
    async create(connection) {
      ensure(
        tables.installations.get(connection.installationId)?.organizationId === connection.organizationId,
        `There is no installation ${connection.installationId} in the organization of the connection.`,
      )
      const slotOf = (row: ConnectionRecord) => keyOf(row.installationId, row.definitionId, row.userId, row.slot)
      ensure(
        ![...tables.connections.values()].some((row) => slotOf(row) === slotOf(connection)),
        `The definition ${connection.definitionId} is connected already. Renew that connection.`,
      )
      insert(tables.connections, { ...connection, claimedUntil: null }, 'a connection')
      return structuredClone(connection)
    },
    async get(organizationId, id) {
      const row = find(organizationId, id)
      return row ? withoutClaim(row) : null
    },
    async list(organizationId, installationId) {
      return [...tables.connections.values()]
        .filter((row) => row.organizationId === organizationId && row.installationId === installationId)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
        .map(withoutClaim)
    },
    async change(organizationId, id, revision, change) {
      const row = find(organizationId, id)
      if (row?.revision !== revision) return null
      const changes = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const changed = { ...row, ...structuredClone(changes), revision: revision + 1, claimedUntil: null }
      tables.connections.set(id, changed)
      return withoutClaim(changed)
    },
    async claim(organizationId, id, revision, now, until) {
      const row = find(organizationId, id)
      if (row?.revision !== revision || (row.claimedUntil && row.claimedUntil > now)) return false
      tables.connections.set(id, { ...row, claimedUntil: until })
      return true
    },
    async remove(organizationId, id) {
      if (!find(organizationId, id)) return false
      tables.connections.delete(id)
      for (const [at, value] of tables.values) if (value.connectionId === id) tables.values.delete(at)
      removeWebhookHandlers(tables, (row) => row.connectionId === id)
      return true
    },
    async putState(state) {
      ensure(
        tables.installations.get(state.installationId)?.organizationId === state.organizationId,
        `There is no installation ${state.installationId} in the organization of the state.`,
      )
      ensure(!tables.oauthStates.has(state.stateHash), 'There is already a state with this hash.')
      tables.oauthStates.set(state.stateHash, structuredClone(state))
    },
    async takeState(stateHash, now) {
      const state = tables.oauthStates.get(stateHash)
      tables.oauthStates.delete(stateHash)
      for (const [hash, { expiresAt }] of tables.oauthStates) if (expiresAt <= now) tables.oauthStates.delete(hash)
      return state && state.expiresAt > now ? structuredClone(state) : null
    },
    async listAll(page) {
      const { items, nextCursor } = oldestPage('connections', tables.connections, page, () => true)
      return { items: items.map(withoutClaim), nextCursor }
    },
  }
}

const withoutClaim = ({ claimedUntil: _, ...row }: ConnectionRecord & { readonly claimedUntil: Date | null }) =>
  structuredClone<ConnectionRecord>(row)

export const createMemoryOAuthClients = (tables: Tables): OAuthClientStore => ({
  async put(client) {
    ensure(tables.apps.has(client.appId), `There is no app ${client.appId} to keep a client for.`)
    tables.oauthClients.set(keyOf(client.appId, client.definitionId), structuredClone(client))
  },
  async get(appId, definitionId) {
    return structuredClone(tables.oauthClients.get(keyOf(appId, definitionId)) ?? null)
  },
  async list(appId) {
    return structuredClone(
      [...tables.oauthClients.values()]
        .filter((client) => client.appId === appId)
        .sort((a, b) => (a.definitionId < b.definitionId ? -1 : 1)),
    )
  },
  async remove(appId, definitionId) {
    return tables.oauthClients.delete(keyOf(appId, definitionId))
  },
  async listAll(page) {
    const rows = [...tables.oauthClients.values()].map((item) => ({ key: [item.appId, item.definitionId], item }))
    return takePage('oauth-clients', ['string', 'string'], rows, page)
  },
  async replaceSecret({ appId, definitionId, sealedSecret: read }, sealedSecret) {
    const at = keyOf(appId, definitionId)
    const current = tables.oauthClients.get(at)
    if (!current || current.sealedSecret === null || current.sealedSecret !== read) return false
    tables.oauthClients.set(at, { ...current, sealedSecret })
    return true
  },
})
