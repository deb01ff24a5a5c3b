import type { UserActor } from '../policy'
import { SOUK_ACTOR } from './audit'

/**
 * Who a function runs for when nobody called it: a member without settings or accounts of its own, so that it may do what every user may and no more.
 * No user of a product has this id.
 *
 * @param ownerId The user whose own connection it is about, for whom it runs then.
 */
export const createSystemUser = (organizationId: string, ownerId: string | null = null): UserActor => ({
  kind: 'user',
  userId: ownerId ?? SOUK_ACTOR,
  organizationId,
  role: 'member',
  reviewer: false,
})
