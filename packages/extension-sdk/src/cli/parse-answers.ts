import type { Deployment, DeveloperAccount } from '../protocol'
import { isDeploymentStatus } from '../protocol/api'
import { describe, isName, isRecord, isString } from '../protocol/parse'
import { SdkError } from '../sdk-error'

/** The fields of a deployment that commands use. */
export type DeploymentAnswer = Pick<
  Deployment,
  'id' | 'version' | 'status' | 'deploymentType' | 'createdAt' | 'rejectionReason' | 'targetOrganizationId'
>

export type AccountAnswer = Pick<DeveloperAccount, 'id' | 'slug' | 'title'>

const invalid = (what: string, value: unknown) =>
  new SdkError(
    'API_RESPONSE_INVALID',
    `The marketplace answered with ${describe(value)} instead of ${what}. ` +
      'It may run a newer version of Souk: update @souk/extension-sdk.',
  )

const textOrNull = (value: unknown): string | null => (isString(value) ? value : null)

export const parseDeployment = (value: unknown): DeploymentAnswer => {
  if (!isRecord(value)) throw invalid('a deployment', value)
  const { id, version, status, deploymentType, createdAt } = value
  if (!isName(id) || !isName(version) || !isDeploymentStatus(status) || !isString(createdAt))
    throw invalid('a deployment', value)
  if (deploymentType !== 'production' && deploymentType !== 'development') throw invalid('a deployment', value)
  return {
    id,
    version,
    // It is one of the list just above.
    status: status as Deployment['status'],
    deploymentType,
    createdAt,
    rejectionReason: textOrNull(value.rejectionReason),
    targetOrganizationId: textOrNull(value.targetOrganizationId),
  }
}

const parseItems = <T>(value: unknown, what: string, parseItem: (item: unknown) => T): readonly T[] => {
  if (!isRecord(value) || !Array.isArray(value.items)) throw invalid(`a list of ${what}`, value)
  return value.items.map(parseItem)
}

export const parseDeployments = (value: unknown): readonly DeploymentAnswer[] =>
  parseItems(value, 'deployments', parseDeployment)

export const parseAccounts = (value: unknown): readonly AccountAnswer[] =>
  parseItems(value, 'developer accounts', (item) => {
    if (!isRecord(item) || !isName(item.id) || !isName(item.slug) || !isString(item.title))
      throw invalid('a developer account', item)
    return { id: item.id, slug: item.slug, title: item.title }
  })
