import type { WebhookHandlerRecord } from '../records'
import type { WebhookHandlerStore } from '../storage'
import { StorageError } from '../storage-error'
import { ensure, insert, keyOf, type Tables } from './tables'
import { oldestPage } from './take-page'

export const createMemoryWebhookHandlers = (tables: Tables): WebhookHandlerStore => {
  const rows = tables.webhookHandlers
  const find = (organizationId: string, id: string) => {
    const row = rows.get(id)
    return row?.organizationId === organizationId ? row : undefined
  }
  const placeOf = ({ installationId, handlerId, connectionId }: WebhookHandlerRecord) =>
    keyOf(installationId, handlerId, connectionId)

  return {
    async create(handler, max) {
      const { installationId, connectionId, tokenHash } = handler
      const installation = tables.installations.get(installationId)
      ensure(
        installation?.organizationId === handler.organizationId && installation.uninstalledAt === null,
        `The installation ${installationId} is not active in the organization of the handler.`,
      )
      ensure(
        connectionId === null || tables.connections.get(connectionId)?.installationId === installationId,
        `There is no connection ${connectionId} of the installation.`,
      )
      const all = [...rows.values()]
      ensure(!all.some((row) => row.tokenHash === tokenHash), 'There is already a handler with this token.')
      ensure(
        !all.some((row) => placeOf(row) === placeOf(handler)),
        `The webhook ${handler.handlerId} has a handler already. Change that one.`,
      )
      if (all.filter((row) => row.installationId === installationId).length >= max) throw tooMany(max)
      insert(rows, handler, 'a webhook handler')
      return structuredClone(handler)
    },
    async findByToken(tokenHash) {
      return structuredClone([...rows.values()].find((row) => row.tokenHash === tokenHash) ?? null)
    },
    async list(organizationId, installationId) {
      return [...rows.values()]
        .filter((row) => row.organizationId === organizationId && row.installationId === installationId)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
        .map((row) => structuredClone(row))
    },
    async change(organizationId, id, change) {
      const row = find(organizationId, id)
      if (!row) return null
      const changes = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const changed = { ...row, ...structuredClone(changes) }
      rows.set(id, changed)
      return structuredClone(changed)
    },
    async remove(organizationId, id) {
      if (!find(organizationId, id)) return false
      removeWebhookHandlers(tables, (row) => row.id === id)
      return true
    },
    async findAcceptedEvents(organizationId, id, eventIds) {
      return find(organizationId, id) ? eventIds.filter((event) => tables.webhookEvents.has(keyOf(id, event))) : []
    },
    async acceptEvents(organizationId, id, eventIds, at) {
      if (!find(organizationId, id)) return
      for (const event of eventIds) {
        const key = keyOf(id, event)
        if (!tables.webhookEvents.has(key)) tables.webhookEvents.set(key, { handlerId: id, acceptedAt: new Date(at) })
      }
    },
    async removeEventsBefore(at) {
      const old = [...tables.webhookEvents].filter(([, { acceptedAt }]) => acceptedAt < at)
      for (const [key] of old) tables.webhookEvents.delete(key)
      return old.length
    },
    async listAll(page) {
      return oldestPage('webhook-handlers', rows, page, () => true)
    },
    async replaceSealed({ id, sealed: read }, sealed) {
      const row = rows.get(id)
      if (row?.sealed !== read) return false
      rows.set(id, { ...row, sealed })
      return true
    },
  }
}

/** Removes handlers with what was accepted of them. */
export const removeWebhookHandlers = (tables: Tables, isOne: (row: WebhookHandlerRecord) => boolean): void => {
  for (const row of [...tables.webhookHandlers.values()].filter(isOne)) {
    tables.webhookHandlers.delete(row.id)
    for (const [key, { handlerId }] of tables.webhookEvents) if (handlerId === row.id) tables.webhookEvents.delete(key)
  }
}

const tooMany = (max: number) => new StorageError('QUOTA_EXCEEDED', `The app here has ${max} webhook handlers already.`)
