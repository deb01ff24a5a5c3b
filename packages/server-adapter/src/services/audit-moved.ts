import type { Action, Actor } from '../policy'
import type { DeploymentRecord } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import type { ServiceContext } from './service-context'

/** Writes down a step of a deployment, for its developers and for the platform. */
export const auditMoved = async (
  context: ServiceContext,
  actor: Actor,
  action: Action,
  before: DeploymentRecord,
  after: DeploymentRecord,
): Promise<void> => {
  const app = await context.storage.apps.get(after.appId)
  await audit(
    context,
    actor,
    action,
    { type: 'deployment', id: after.id, ...(app ? { developerAccountId: app.developerAccountId } : {}) },
    changedFields(stateOf(before), stateOf(after)),
  )
}

const stateOf = ({ status, reviewedBy, rejectionReason, rolloutPercent }: DeploymentRecord) => ({
  status,
  reviewedBy,
  rejectionReason,
  rolloutPercent,
})
