import { notFound, SoukError } from '../souk-error'
import type { DeploymentRecord, InstallationRecord } from '../storage'
import { isRunnable } from './deployment-steps'
import type { ServiceContext } from './service-context'

export const notInstalled = (): SoukError =>
  new SoukError('APP_NOT_INSTALLED', 'The app was uninstalled here. An administrator can install it again.')

/** The organization's installation, uninstalled or not. */
export const requireInstallation = async (
  { storage }: ServiceContext,
  organizationId: string,
  id: string,
): Promise<InstallationRecord> => {
  const installation = await storage.installations.get(organizationId, id)
  if (!installation) throw notFound('installation')
  return installation
}

/** The organization's installation, if it is not uninstalled. */
export const requireActive = async (
  context: ServiceContext,
  organizationId: string,
  id: string,
): Promise<InstallationRecord> => {
  const installation = await requireInstallation(context, organizationId, id)
  if (installation.uninstalledAt !== null) throw notInstalled()
  return installation
}

/** The installation's current deployment. */
export const requireDeployment = async (
  { storage }: ServiceContext,
  installation: InstallationRecord,
): Promise<DeploymentRecord> => {
  const deployment = await storage.deployments.get(installation.currentDeploymentId)
  // A foreign key holds it; an installation without its deployment is a broken database.
  if (!deployment) throw new Error(`Installation ${installation.id} points at a deployment that is not there.`)
  return deployment
}

export const requireRunnable = (deployment: DeploymentRecord, organizationId: string): void => {
  if (!isRunnable(deployment, organizationId))
    throw new SoukError(
      'DEPLOYMENT_NOT_RUNNABLE',
      `Version ${deployment.version} of the app may not run any more. An administrator can move to another version.`,
    )
}
