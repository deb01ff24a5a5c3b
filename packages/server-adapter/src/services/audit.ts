import { createId } from '../crypto/create-id'
import type { Action, Actor } from '../policy'
import type { FieldChange } from '../storage'
import type { ServiceContext } from './service-context'

export type Changes = Readonly<Record<string, FieldChange>>

export interface AuditedResource {
  readonly type: string
  readonly id: string
  /** In whose log the entry stands, beside the platform's. */
  readonly organizationId?: string
  readonly developerAccountId?: string
}

/** What Souk does on its own, as the actor of an entry. */
export const SOUK_ACTOR = 'souk'

/**
 * Writes down who changed what. It comes after the change, so a failure here is reported and does not take the change back:
 * the caller would be told that something failed which has happened.
 *
 * @param changes What `changedFields` found. No secret may be in it.
 */
export const audit = async (
  { storage, now, onError }: ServiceContext,
  actor: Actor | typeof SOUK_ACTOR,
  action: Action,
  resource: AuditedResource,
  changes: Changes = {},
): Promise<void> => {
  try {
    await storage.audit.append({
      id: createId(),
      organizationId: resource.organizationId ?? null,
      developerAccountId: resource.developerAccountId ?? null,
      actorId: actorIdOf(actor),
      action,
      resourceType: resource.type,
      resourceId: resource.id,
      changes,
      createdAt: now(),
    })
  } catch (error) {
    onError(error, {})
  }
}

const actorIdOf = (actor: Actor | typeof SOUK_ACTOR): string => {
  if (actor === SOUK_ACTOR) return SOUK_ACTOR
  return actor.kind === 'anonymous' ? 'anonymous' : actor.userId
}
