import type { Deployment } from '../protocol'
import { listDeployments as listDeploymentsOperation } from '../protocol/api-operations'
import { SdkError } from '../sdk-error'
import type { Api } from './create-api'
import { readBuiltManifest } from './read-built-app'
import { readPages } from './read-pages'

export interface DeploymentChoice {
  readonly app?: string | undefined
  readonly version?: string | undefined
}

export const listDeployments = (api: Api, slug: string): Promise<readonly Deployment[]> =>
  readPages(api, listDeploymentsOperation, { params: { slug } })

/** The production deployment a command means: the version given, else the one that was built here last. */
export const findDeployment = async (api: Api, choice: DeploymentChoice): Promise<Deployment> => {
  const built = choice.app && choice.version ? undefined : await readBuiltManifest()
  const slug = choice.app ?? built?.id ?? ''
  const version = choice.version ?? built?.version
  const deployments = (await listDeployments(api, slug)).filter((item) => item.deploymentType === 'production')
  const found = deployments.find((item) => item.version === version)
  if (found) return found
  const known = deployments.map((item) => item.version).join(', ')
  throw new SdkError(
    'NOT_FOUND',
    `${slug} has no version ${version} here. ${known ? `It has ${known}.` : 'Run souk deploy first.'}`,
  )
}
