import type { DeploymentDetail } from '@souk/extension-sdk/protocol'
import type { DeploymentRecord } from '../storage'
import type { ServiceContext } from './service-context'
import { toDeployment } from './to-api'

/** A deployment with what its code weighs. */
export const readDeploymentDetail = async (
  { storage }: ServiceContext,
  deployment: DeploymentRecord,
): Promise<DeploymentDetail> => {
  const read = async (id: string | null) => {
    const bundle = id === null ? null : await storage.bundles.get(id)
    return bundle && { sha256: bundle.sha256, sizeBytes: bundle.sizeBytes }
  }
  const [client, server] = await Promise.all([read(deployment.clientBundleId), read(deployment.serverBundleId)])
  return { ...toDeployment(deployment), bundles: { client, server } }
}
