import { isRecord, StorageError, type WebhookHandlerStore } from '@souk/server-adapter/storage'
import { selectAll, selectExactlyOne, selectOne } from '../rows'
import type { Scopes } from '../scopes'
import { WEBHOOK_HANDLER } from '../tables'
import { CREATED, orderedPage } from './ordered-page'

/** The columns of a change, in the order of its parameters. */
const CHANGES = [
  ['triggerId', 'trigger_id'],
  ['workflowId', 'workflow_id'],
  ['externalWebhookId', 'external_webhook_id'],
  ['sealed', 'sealed'],
  ['isActive', 'is_active'],
] as const

export const createWebhookHandlerStore = (scopes: Scopes, s: string): WebhookHandlerStore => {
  const record = `${WEBHOOK_HANDLER.json('h')}::text as record`

  return {
    create: (handler, max) =>
      scopes.organization(handler.organizationId).transaction(async (tx) => {
        // One at a time for an installation, so that two together cannot pass the limit; and not while it is uninstalled.
        const [here] = await tx.query(
          `select 1 as here from ${s}.app_installation
          where id = $1 and organization_id = $2 and uninstalled_at is null for no key update`,
          [handler.installationId, handler.organizationId],
        )
        if (!here)
          throw new StorageError(
            'CONFLICT',
            `The installation ${handler.installationId} is not active in the organization of the handler.`,
          )
        const created = await selectExactlyOne(
          tx,
          WEBHOOK_HANDLER,
          `insert into ${s}.app_webhook_handler as h (${WEBHOOK_HANDLER.columns})
          values (${WEBHOOK_HANDLER.values}) returning ${record}`,
          WEBHOOK_HANDLER.params(handler),
        )
        const [row] = await tx.query(
          `select count(*)::text as count from ${s}.app_webhook_handler where installation_id = $1`,
          [handler.installationId],
        )
        if (!(Number(isRecord(row) ? row.count : Number.NaN) <= max))
          throw new StorageError('QUOTA_EXCEEDED', `The app here has ${max} webhook handlers already.`)
        return created
      }),
    // Whose it is, is known only from the row.
    findByToken: (tokenHash) =>
      selectOne(
        scopes.platform,
        WEBHOOK_HANDLER,
        `select ${record} from ${s}.app_webhook_handler h where h.token_hash = $1`,
        [tokenHash],
      ),
    list: (organizationId, installationId) =>
      selectAll(
        scopes.organization(organizationId),
        WEBHOOK_HANDLER,
        `select ${record} from ${s}.app_webhook_handler h where h.installation_id = $1 and h.organization_id = $2
        order by h.created_at, h.seq`,
        [installationId, organizationId],
      ),
    change(organizationId, id, change) {
      const params: unknown[] = [id, organizationId, change.updatedAt.toISOString()]
      const sets = CHANGES.flatMap(([key, column]) => {
        if (change[key] === undefined) return []
        params.push(change[key])
        return [`${column} = $${params.length}`]
      })
      return selectOne(
        scopes.organization(organizationId),
        WEBHOOK_HANDLER,
        `update ${s}.app_webhook_handler as h set ${[...sets, 'updated_at = $3::timestamptz'].join(', ')}
        where h.id = $1 and h.organization_id = $2 returning ${record}`,
        params,
      )
    },
    async remove(organizationId, id) {
      const removed = await scopes
        .organization(organizationId)
        .query(`delete from ${s}.app_webhook_handler where id = $1 and organization_id = $2 returning 1 as removed`, [
          id,
          organizationId,
        ])
      return removed.length > 0
    },
    async findAcceptedEvents(organizationId, id, eventIds) {
      const rows = await scopes.organization(organizationId).query(
        `select e.event_id from ${s}.webhook_event e
        join ${s}.app_webhook_handler h on h.id = e.webhook_handler_id and h.organization_id = $1
        where e.webhook_handler_id = $2 and e.event_id = any($3::text[])`,
        [organizationId, id, eventIds],
      )
      return rows.flatMap((row) => (isRecord(row) && typeof row.event_id === 'string' ? [row.event_id] : []))
    },
    async acceptEvents(organizationId, id, eventIds, at) {
      await scopes.organization(organizationId).query(
        `insert into ${s}.webhook_event (webhook_handler_id, event_id, accepted_at)
        select h.id, e.id, $4::timestamptz from ${s}.app_webhook_handler h, unnest($3::text[]) as e (id)
        where h.id = $2 and h.organization_id = $1
        on conflict (webhook_handler_id, event_id) do nothing`,
        [organizationId, id, eventIds, at.toISOString()],
      )
    },
    async removeEventsBefore(at) {
      const removed = await scopes.platform.query(
        `delete from ${s}.webhook_event where accepted_at < $1::timestamptz returning 1 as removed`,
        [at.toISOString()],
      )
      return removed.length
    },
    listAll: (page) =>
      orderedPage(
        scopes.platform,
        s,
        WEBHOOK_HANDLER,
        { list: 'webhook-handlers', where: 'true', params: [], newestFirst: false, time: CREATED },
        page,
      ),
    async replaceSealed({ organizationId, id, sealed: read }, sealed) {
      const replaced = await scopes.organization(organizationId).query(
        `update ${s}.app_webhook_handler set sealed = $4
          where id = $1 and organization_id = $2 and sealed = $3 returning 1 as replaced`,
        [id, organizationId, read, sealed],
      )
      return replaced.length > 0
    },
  }
}
