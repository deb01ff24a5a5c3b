import type { ActiveExtension } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import type { InstallationRecord } from '../storage'
import { isRunnable } from './deployment-steps'
import { requireDeployment } from './installation-access'
import { readAll } from './read-all'
import { requireUser, type ServiceContext } from './service-context'
import { readSettings } from './settings-values'

/** What the host draws: the organization's installations that have a client bundle and may run. */
export const createExtensionService = (context: ServiceContext) => {
  const { storage, isolation, frameUrl } = context

  const toExtension = async (installation: InstallationRecord, userId: string): Promise<ActiveExtension | null> => {
    const [deployment, app, organizationRows, userRows] = await Promise.all([
      requireDeployment(context, installation),
      storage.apps.get(installation.appId),
      storage.settings.list(installation.id, null),
      storage.settings.list(installation.id, userId),
    ])
    if (!app || deployment.clientBundleId === null || !isRunnable(deployment, installation.organizationId)) return null
    const { settings, surfaces } = deployment.manifest
    const organization = readSettings(settings.organization, organizationRows)
    const user = readSettings(settings.user, userRows)
    return {
      appId: app.id,
      appInstallationId: installation.id,
      deploymentId: deployment.id,
      slug: app.slug,
      title: app.title,
      avatarUrl: app.avatarUrl,
      version: deployment.version,
      isolation,
      frameUrl: frameUrl(installation.id, deployment.id),
      surfaces,
      grantedScopes: installation.grantedScopes,
      settings: { organization: organization.values, user: user.values },
      needsConfiguration: organization.missing.length > 0,
    }
  }

  return {
    async list(actor: Actor): Promise<readonly ActiveExtension[]> {
      const { organizationId, userId } = requireUser(actor)
      authorize(actor, 'extension.list', { type: 'organization', organizationId })
      const installations = await readAll((page) => storage.installations.listActive(organizationId, page))
      const extensions = await Promise.all(installations.map((installation) => toExtension(installation, userId)))
      return extensions.filter((extension) => extension !== null)
    },
  }
}
