import { createId } from '../crypto/create-id'
import type { DeploymentRecord, InstallationRecord } from '../storage'
import { audit, SOUK_ACTOR } from './audit'
import { changedFields } from './changed-fields'
import { isRunnable } from './deployment-steps'
import { previousDeployment } from './installation-history'
import { readAll } from './read-all'
import type { RunningCalls } from './running-calls'
import type { ServiceContext } from './service-context'
import { stopCode } from './stop-code'

/** How many installations move at a time. */
const AT_ONCE = 8

/**
 * Returns the stable installations at a deployment to what they ran before it, with what was granted then. They stay in the channel, so
 * that the version that puts it right reaches them. Who installed this version first has nothing to return to and stays.
 */
export const rollBackAll = async (
  context: ServiceContext,
  running: RunningCalls,
  deployment: DeploymentRecord,
): Promise<void> => {
  const installations = await readAll((page) => context.storage.installations.listStableAt(deployment.id, page))
  const waiting = [...installations]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      // One that fails must not keep the others at a version that is broken.
      await rollBack(context, running, next).catch((error: unknown) => context.onError(error, {}))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** Returns one installation, if there is something to return to. */
export const rollBack = async (
  context: ServiceContext,
  running: RunningCalls,
  { id, organizationId, currentDeploymentId, ...granted }: InstallationRecord,
): Promise<void> => {
  const { storage, now } = context
  const events = await readAll((page) => storage.installations.events(organizationId, id, page))
  const previous = previousDeployment(events)
  const target = previous && (await storage.deployments.get(previous.deploymentId))
  if (!previous || !target || !isRunnable(target, organizationId)) return
  const changed = await storage.installations.change(organizationId, id, currentDeploymentId, {
    type: 'rolled-back',
    deploymentId: previous.deploymentId,
    grantedScopes: previous.grantedScopes,
    grantedEgress: previous.grantedEgress,
    channel: 'stable',
    eventId: createId(),
    actorId: SOUK_ACTOR,
    at: now(),
  })
  // Somebody moved it meanwhile.
  if (!changed) return
  await stopCode(context, running, id)
  await audit(
    context,
    SOUK_ACTOR,
    'installation.rollback',
    { type: 'installation', id, organizationId },
    changedFields(
      { deploymentId: currentDeploymentId, grantedScopes: granted.grantedScopes, grantedEgress: granted.grantedEgress },
      {
        deploymentId: changed.currentDeploymentId,
        grantedScopes: changed.grantedScopes,
        grantedEgress: changed.grantedEgress,
      },
    ),
  )
}
