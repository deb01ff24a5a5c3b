import type { InstallationSummary } from '@souk/extension-sdk/protocol'
import type { InstallationRecord } from '../storage'
import { requireDeployment } from './installation-access'
import type { ServiceContext } from './service-context'
import { readSettings } from './settings-values'

export const toSummary = async (
  context: ServiceContext,
  installation: InstallationRecord,
): Promise<InstallationSummary> => {
  const deployment = await requireDeployment(context, installation)
  const records = await context.storage.settings.list(installation.id, null)
  return {
    id: installation.id,
    appId: installation.appId,
    deploymentId: deployment.id,
    version: deployment.version,
    status: installation.uninstalledAt === null ? 'active' : 'uninstalled',
    needsConfiguration: readSettings(deployment.manifest.settings.organization, records).missing.length > 0,
  }
}
