import type { OAuth2ConnectionDefinition } from '@souk/extension-sdk/protocol'
import { settingLeaves } from '@souk/extension-sdk/protocol'
import type { DeploymentRecord, InstallationRecord } from '../../storage'
import type { ServiceContext } from '../service-context'
import { secretPlace } from '../settings'
import { readSettings } from '../settings-values'

/** The place the secret of a client belongs to. */
export const clientPlace = (appId: string, definitionId: string): readonly string[] => [
  'oauth-client',
  appId,
  definitionId,
]

export interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: string | null
}

/** The client of a definition: the developer's, or the organization's own from its settings. null when there is none yet. */
export const findClient = async (
  { storage, sealer }: Pick<ServiceContext, 'storage' | 'sealer'>,
  definition: OAuth2ConnectionDefinition,
  installation: InstallationRecord,
  deployment: DeploymentRecord,
): Promise<OAuthClient | null> => {
  if (definition.client === undefined) {
    const client = await storage.oauthClients.get(installation.appId, definition.id)
    if (!client) return null
    const { clientId, sealedSecret } = client
    const place = clientPlace(installation.appId, definition.id)
    return { clientId, clientSecret: sealedSecret === null ? null : await sealer.open(sealedSecret, place) }
  }
  const { idSetting, secretSetting } = definition.client
  const schema = deployment.manifest.settings.organization
  const { values, sealed } = readSettings(schema, await storage.settings.list(installation.id, null))
  const clientId = values[idSetting]
  if (typeof clientId !== 'string' || clientId === '') return null
  const text = secretSetting === undefined ? undefined : sealed.get(secretSetting)
  const needsSecret =
    secretSetting !== undefined &&
    settingLeaves(schema).some(([path, field]) => path === secretSetting && !field.optional)
  if (text === undefined) return needsSecret ? null : { clientId, clientSecret: null }
  return { clientId, clientSecret: await sealer.open(text, secretPlace(installation.id, null, secretSetting ?? '')) }
}
