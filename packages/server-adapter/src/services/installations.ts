import type { Installation, InstallationEvent, Page } from '@souk/extension-sdk/protocol'
import semver from 'semver'
import { createId } from '../crypto/create-id'
import { type Action, type Actor, authorize } from '../policy'
import { notFound, SoukError } from '../souk-error'
import type {
  DeploymentRecord,
  InstallationChange,
  InstallationEventRecord,
  InstallationRecord,
  PageRequest,
} from '../storage'
import { isInRollout } from '../storage'
import type { AppEvents } from './app-events'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { type Consent, checkConsent } from './check-consent'
import { isInstallable, isRunnable } from './deployment-steps'
import { requireActive, requireDeployment, requireInstallation } from './installation-access'
import { previousDeployment } from './installation-history'
import { toSummary } from './installation-summary'
import { readAll } from './read-all'
import type { RunningCalls } from './running-calls'
import { orConflict, requireUser, type ServiceContext } from './service-context'
import { stopCode } from './stop-code'
import { toCatalogDeployment, toCatalogDeveloper } from './to-api'

export interface InstallInput extends Consent {
  readonly appId: string
  readonly deploymentId: string
  /** Where a published version goes. Default `stable`. */
  readonly channel?: 'stable' | 'pinned' | undefined
}

type Move = Pick<InstallationChange, 'type' | 'deploymentId' | 'grantedScopes' | 'grantedEgress' | 'channel'>

export type UpgradeInput = Omit<InstallInput, 'appId' | 'channel'>

/** What the audit log compares. */
const stateOf = (installation: InstallationRecord) => ({
  deploymentId: installation.currentDeploymentId,
  channel: installation.channel,
  grantedScopes: installation.grantedScopes,
  grantedEgress: installation.grantedEgress,
  uninstalledAt: installation.uninstalledAt,
})

const isDevelopment = ({ deploymentType }: DeploymentRecord): boolean => deploymentType === 'development'

/** Apps in organizations: what they run, what they were granted, and how they got there. */
export const createInstallationService = (context: ServiceContext, running: RunningCalls, appEvents: AppEvents) => {
  const { storage, now } = context

  const enter = (actor: Actor, action: Action): { readonly organizationId: string; readonly userId: string } => {
    const { organizationId, userId } = requireUser(actor)
    authorize(actor, action, { type: 'organization', organizationId })
    return { organizationId, userId }
  }

  /** The deployment, if the organization may move to it. Others' unpublished work is not there. */
  const requireInstallable = async (organizationId: string, appId: string, id: string): Promise<DeploymentRecord> => {
    const deployment = await storage.deployments.get(id)
    if (deployment?.appId !== appId || !isRunnable(deployment, organizationId)) throw notFound('deployment')
    if (isInstallable(deployment, organizationId)) return deployment
    if (deployment.rolloutHaltedAt !== null && deployment.status === 'published')
      throw new SoukError(
        'ROLLOUT_HALTED',
        `Version ${deployment.version} was taken back by its developer or because too much of it failed. Choose the version in the catalogue.`,
      )
    throw new SoukError(
      'DEPLOYMENT_NOT_RUNNABLE',
      `Version ${deployment.version} is deprecated and not offered any more. Choose the version in the catalogue.`,
    )
  }

  const move = async (actor: Actor, installation: InstallationRecord, to: Move): Promise<InstallationRecord> => {
    const { organizationId, userId } = requireUser(actor)
    const changed = await storage.installations.change(
      organizationId,
      installation.id,
      installation.currentDeploymentId,
      { ...to, eventId: createId(), actorId: userId, at: now() },
    )
    if (!changed)
      throw new SoukError(
        'CONFLICT',
        'The installation was changed by somebody else just now. Reload it and try again.',
      )
    // The code that runs is the same when only the channel moved.
    if (to.type !== 'channel-changed') await stopCode(context, running, installation.id)
    return changed
  }

  const auditChange = (
    actor: Actor,
    action: Action,
    before: InstallationRecord | null,
    after: InstallationRecord,
  ): Promise<void> =>
    audit(
      context,
      actor,
      action,
      { type: 'installation', id: after.id, organizationId: after.organizationId },
      changedFields(before && stateOf(before), stateOf(after)),
    )

  const change = async (
    actor: Actor,
    action: Action,
    installation: InstallationRecord,
    to: Move,
  ): Promise<Installation> => {
    const changed = await move(actor, installation, to)
    await auditChange(actor, action, installation, changed)
    return toInstallation(changed)
  }

  const findUpdate = async (
    installation: InstallationRecord,
    current: DeploymentRecord,
  ): Promise<Installation['update']> => {
    const { grantedScopes, grantedEgress, uninstalledAt } = installation
    if (uninstalledAt !== null) return null
    const candidate = await findNewer(installation, current)
    if (!candidate) return null
    const deployment = toCatalogDeployment(candidate)
    return {
      deployment,
      newScopes: deployment.scopes.filter(({ id }) => !grantedScopes.includes(id)),
      newEgress: deployment.egress.filter(({ host }) => !grantedEgress.includes(host)),
    }
  }

  const findNewer = async (
    { id, organizationId, appId, channel }: InstallationRecord,
    current: DeploymentRecord,
  ): Promise<DeploymentRecord | undefined> => {
    if (current.deploymentType === 'development') {
      const newest = (await readAll((page) => storage.deployments.list(appId, page))).find(
        (deployment) => deployment.deploymentType === 'development' && isInstallable(deployment, organizationId),
      )
      if (newest) return newest.id === current.id ? undefined : newest
    }
    const rolling = channel === 'stable' ? await storage.deployments.rolling(appId) : null
    if (rolling && isInRollout(id, rolling.id, rolling.rolloutPercent) && semver.gt(rolling.version, current.version))
      return rolling
    const latest = await storage.deployments.latestPublished(appId)
    return latest && semver.gt(latest.version, current.version) ? latest : undefined
  }

  const findRollback = async (installation: InstallationRecord) => {
    if (installation.uninstalledAt !== null) return undefined
    const { organizationId, id } = installation
    const previous = previousDeployment(await readAll((page) => storage.installations.events(organizationId, id, page)))
    const deployment = previous && (await storage.deployments.get(previous.deploymentId))
    return previous && deployment && isRunnable(deployment, installation.organizationId)
      ? { ...previous, deployment }
      : undefined
  }

  const toInstallation = async (installation: InstallationRecord): Promise<Installation> => {
    const [summary, deployment, app, rollback] = await Promise.all([
      toSummary(context, installation),
      requireDeployment(context, installation),
      storage.apps.get(installation.appId),
      findRollback(installation),
    ])
    const developer = app && (await storage.developerAccounts.get(app.developerAccountId))
    if (!app || !developer) throw new Error(`Installation ${installation.id} points at an app that is not there.`)
    return {
      ...summary,
      app: {
        slug: app.slug,
        title: app.title,
        description: app.description,
        avatarUrl: app.avatarUrl,
        developer: toCatalogDeveloper(developer),
      },
      grantedScopes: installation.grantedScopes,
      channel: installation.channel,
      installedAt: installation.installedAt.toISOString(),
      installedBy: installation.installedBy,
      uninstalledAt: installation.uninstalledAt?.toISOString() ?? null,
      update: await findUpdate(installation, deployment),
      rollback: rollback ? { deploymentId: rollback.deploymentId, version: rollback.deployment.version } : null,
    }
  }

  return {
    async list(actor: Actor, page: PageRequest): Promise<Page<Installation>> {
      const { organizationId } = enter(actor, 'installation.read')
      const { items, nextCursor } = await storage.installations.listActive(organizationId, page)
      return { items: await Promise.all(items.map(toInstallation)), nextCursor }
    },

    async get(actor: Actor, id: string): Promise<Installation> {
      const { organizationId } = enter(actor, 'installation.read')
      return toInstallation(await requireInstallation(context, organizationId, id))
    },

    /** Installs the app, or installs again what was uninstalled: same id, settings and history. */
    async install(actor: Actor, input: InstallInput): Promise<Installation> {
      const { organizationId, userId } = enter(actor, 'installation.create')
      const deployment = await requireInstallable(organizationId, input.appId, input.deploymentId)
      const granted = checkConsent(deployment.manifest, input)
      const channel = isDevelopment(deployment) ? 'development' : (input.channel ?? 'stable')
      const existing = await storage.installations.findByApp(organizationId, input.appId)
      if (existing?.uninstalledAt) {
        const again = await move(actor, existing, {
          type: 'reinstalled',
          deploymentId: deployment.id,
          channel,
          ...granted,
        })
        await auditChange(actor, 'installation.create', existing, again)
        await appEvents.installed(requireUser(actor), again)
        return toInstallation(again)
      }
      const record: InstallationRecord = {
        id: createId(),
        appId: input.appId,
        organizationId,
        currentDeploymentId: deployment.id,
        ...granted,
        installedBy: userId,
        installedAt: now(),
        uninstalledAt: null,
        channel,
      }
      const installation = await orConflict(
        storage.installations.create(record, createId()),
        'The app is installed here already. Reload to see it.',
      )
      await auditChange(actor, 'installation.create', null, installation)
      await appEvents.installed(requireUser(actor), installation)
      return toInstallation(installation)
    },

    async upgrade(actor: Actor, id: string, input: UpgradeInput): Promise<Installation> {
      const { organizationId } = enter(actor, 'installation.upgrade')
      const installation = await requireActive(context, organizationId, id)
      const deployment = await requireInstallable(organizationId, installation.appId, input.deploymentId)
      if (deployment.id === installation.currentDeploymentId)
        throw new SoukError('CONFLICT', `The app is at version ${deployment.version} already. Reload to see it.`)
      return change(actor, 'installation.upgrade', installation, {
        type: 'upgraded',
        deploymentId: deployment.id,
        channel: isDevelopment(deployment)
          ? 'development'
          : // Out of development, it follows what is published.
            installation.channel === 'pinned'
            ? 'pinned'
            : 'stable',
        ...checkConsent(deployment.manifest, input),
      })
    },

    async rollback(actor: Actor, id: string): Promise<Installation> {
      const { organizationId } = enter(actor, 'installation.rollback')
      const installation = await requireActive(context, organizationId, id)
      const previous = await findRollback(installation)
      if (!previous)
        throw new SoukError('CONFLICT', 'There is no earlier version to return to. The app stays as it is.')
      return change(actor, 'installation.rollback', installation, {
        type: 'rolled-back',
        deploymentId: previous.deploymentId,
        grantedScopes: previous.grantedScopes,
        grantedEgress: previous.grantedEgress,
        // What somebody went back from must not return on its own.
        channel: isDevelopment(previous.deployment) ? 'development' : 'pinned',
      })
    },

    /** Into `stable`, it moves on at once when nothing new is asked. */
    async moveToChannel(actor: Actor, id: string, channel: 'stable' | 'pinned'): Promise<Installation> {
      const { organizationId } = enter(actor, 'installation.channel')
      const installation = await requireActive(context, organizationId, id)
      if (installation.channel === 'development')
        throw new SoukError(
          'CONFLICT',
          'The installation runs a development deployment. Move it to a published version, which puts it into the channel stable.',
        )
      if (installation.channel === channel) return toInstallation(installation)
      const changed = await move(actor, installation, {
        type: 'channel-changed',
        deploymentId: installation.currentDeploymentId,
        grantedScopes: installation.grantedScopes,
        grantedEgress: installation.grantedEgress,
        channel,
      })
      const moved = await toInstallation(changed)
      const stay = async () => {
        await auditChange(actor, 'installation.channel', installation, changed)
        return moved
      }
      if (channel === 'pinned' || !moved.update) return stay()
      const { deployment, newScopes, newEgress } = moved.update
      if (newScopes.length > 0 || newEgress.length > 0) return stay()
      const forward = await move(actor, changed, {
        type: 'rolled-forward',
        deploymentId: deployment.id,
        grantedScopes: deployment.scopes.map((scope) => scope.id),
        grantedEgress: deployment.egress.map(({ host }) => host),
        channel,
      })
      // One move of somebody, and one entry.
      await auditChange(actor, 'installation.channel', installation, forward)
      return toInstallation(forward)
    },

    /** Lets the app take back what it left at outside services, and stops everything at once. Settings and history stay; what was granted does not. */
    async uninstall(actor: Actor, id: string): Promise<Installation> {
      const { organizationId } = enter(actor, 'installation.uninstall')
      const installation = await requireActive(context, organizationId, id)
      await appEvents.uninstalling(requireUser(actor), installation)
      return change(actor, 'installation.uninstall', installation, {
        type: 'uninstalled',
        deploymentId: installation.currentDeploymentId,
        grantedScopes: [],
        grantedEgress: [],
        channel: installation.channel,
      })
    },

    async events(actor: Actor, id: string, page: PageRequest): Promise<Page<InstallationEvent>> {
      const { organizationId } = enter(actor, 'installation.read')
      await requireInstallation(context, organizationId, id)
      const { items, nextCursor } = await storage.installations.events(organizationId, id, page)
      const named = new Set(items.flatMap((event) => [event.fromDeploymentId, event.toDeploymentId]))
      const deployments = await Promise.all([...named].map((each) => (each ? storage.deployments.get(each) : null)))
      const versions = new Map(deployments.flatMap((each) => (each ? [[each.id, each.version]] : [])))
      const versionOf = (deploymentId: string | null) => (deploymentId && versions.get(deploymentId)) || null
      const toEvent = (event: InstallationEventRecord): InstallationEvent => ({
        id: event.id,
        type: event.type,
        fromVersion: versionOf(event.fromDeploymentId),
        toVersion: versionOf(event.toDeploymentId),
        actorId: event.actorId,
        createdAt: event.createdAt.toISOString(),
      })
      return { items: items.map(toEvent), nextCursor }
    },
  }
}
