import { createId } from '../crypto/create-id'
import type { Action, Actor } from '../policy'
import type { ServiceContext } from './service-context'

/**
 * Writes down who changed what. It comes after the change, so a failure here is reported and does not take the change back:
 * the caller would be told that something failed which has happened.
 */
export const audit = async (
  { storage, now, onError }: ServiceContext,
  actor: Actor,
  action: Action,
  resource: { readonly type: string; readonly id: string; readonly organizationId?: string },
): Promise<void> => {
  try {
    await storage.audit.append({
      id: createId(),
      organizationId: resource.organizationId ?? null,
      actorId: actor.kind === 'anonymous' ? 'anonymous' : actor.userId,
      action,
      resourceType: resource.type,
      resourceId: resource.id,
      createdAt: now(),
    })
  } catch (error) {
    onError(error, {})
  }
}
