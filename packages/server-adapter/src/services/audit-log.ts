import type { AuditEntry, Page } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import type { AuditFilter, AuditOwner, AuditRecord, PageRequest } from '../storage'
import { authorizeAccount } from './developer-access'
import { requireUser, type ServiceContext } from './service-context'

export type AuditRequest = PageRequest & AuditFilter

/** Who changed what, for those it belongs to. */
export const createAuditLogService = (context: ServiceContext) => {
  const list = async (owner: AuditOwner, request: AuditRequest): Promise<Page<AuditEntry>> => {
    const { items, nextCursor } = await context.storage.audit.list(owner, request)
    return { items: items.map(toEntry), nextCursor }
  }

  return {
    ofOrganization(actor: Actor, request: AuditRequest): Promise<Page<AuditEntry>> {
      const { organizationId } = requireUser(actor)
      authorize(actor, 'audit.read', { type: 'organization', organizationId })
      return list({ type: 'organization', id: organizationId }, request)
    },

    async ofAccount(actor: Actor, accountId: string, request: AuditRequest): Promise<Page<AuditEntry>> {
      await authorizeAccount(context, actor, 'account-audit.read', accountId)
      return list({ type: 'developer-account', id: accountId }, request)
    },

    /** Everybody's: for those who run the marketplace. */
    async ofPlatform(actor: Actor, request: AuditRequest): Promise<Page<AuditEntry>> {
      authorize(actor, 'platform-audit.read', { type: 'platform' })
      return list({ type: 'platform' }, request)
    },
  }
}

const toEntry = (entry: AuditRecord): AuditEntry => ({
  id: entry.id,
  actorId: entry.actorId,
  action: entry.action,
  resourceType: entry.resourceType,
  resourceId: entry.resourceId,
  changes: entry.changes,
  createdAt: entry.createdAt.toISOString(),
})
