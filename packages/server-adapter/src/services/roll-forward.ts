import semver from 'semver'
import { createId } from '../crypto/create-id'
import type { DeploymentRecord } from '../storage'
import { SOUK_ACTOR } from './audit'
import { readAll } from './read-all'
import type { RunningCalls } from './running-calls'
import type { ServiceContext } from './service-context'
import { stopCode } from './stop-code'

const BATCH = 200

/**
 * Moves the stable installations of older versions that a published one reaches to it, where it asks for nothing that was not granted. Others wait for
 * their admin, and keep running what they run.
 */
export const rollForward = async (
  context: ServiceContext,
  running: RunningCalls,
  { id, appId, version, manifest, rolloutPercent }: DeploymentRecord,
): Promise<void> => {
  const { storage, now, onError } = context
  try {
    const deployments = await readAll((page) => storage.deployments.list(appId, page))
    const older = deployments.filter(
      (other) => other.deploymentType === 'production' && semver.lt(other.version, version),
    )
    if (older.length === 0) return
    let moved: number
    do {
      const installations = await storage.installations.rollForward({
        appId,
        deploymentId: id,
        fromDeploymentIds: older.map((other) => other.id),
        scopes: manifest.scopes.map((scope) => scope.id),
        egress: manifest.egress.server.map(({ host }) => host),
        percent: rolloutPercent,
        actorId: SOUK_ACTOR,
        at: now(),
        eventIds: Array.from({ length: BATCH }, createId),
      })
      moved = installations.length
      await Promise.all(installations.map((installation) => stopCode(context, running, installation.id)))
    } while (moved > 0)
  } catch (error) {
    // The version is published; who was not moved is offered it as an update.
    onError(error, {})
  }
}
