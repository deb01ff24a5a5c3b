import type { List, OAuthClientInfo } from '@souk/extension-sdk/protocol'
import type { Actor } from '../policy'
import { notFound } from '../souk-error'
import type { AppRecord, OAuthClientRecord } from '../storage'
import { audit } from './audit'
import { changedFields, hideValues } from './changed-fields'
import { clientPlace } from './connections/client-of'
import { authorizeApp } from './developer-access'
import type { ServiceContext } from './service-context'

/** The OAuth clients that developers registered with outside services. Secrets go in and do not come out. */
export const createOAuthClientService = (context: ServiceContext) => {
  const { storage, sealer, now } = context

  const auditWrite = (
    actor: Actor,
    { id, developerAccountId }: AppRecord,
    definitionId: string,
    before: OAuthClientRecord | null,
    after: OAuthClientRecord | null,
  ): Promise<void> =>
    audit(
      context,
      actor,
      'oauth-client.write',
      { type: 'oauth-client', id: `${id}/${definitionId}`, developerAccountId },
      {
        ...changedFields({ clientId: before?.clientId }, { clientId: after?.clientId }),
        // The sealed texts of the same secret differ, so that each one sent is a change.
        ...hideValues(changedFields({ clientSecret: before?.sealedSecret }, { clientSecret: after?.sealedSecret })),
      },
    )

  return {
    async list(actor: Actor, slug: string): Promise<List<OAuthClientInfo>> {
      const app = await authorizeApp(context, actor, 'oauth-client.read', slug)
      return { items: (await storage.oauthClients.list(app.id)).map(toInfo) }
    },

    async save(
      actor: Actor,
      slug: string,
      definitionId: string,
      { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret?: string | null | undefined },
    ): Promise<OAuthClientInfo> {
      const app = await authorizeApp(context, actor, 'oauth-client.write', slug)
      const place = clientPlace(app.id, definitionId)
      const client: OAuthClientRecord = {
        appId: app.id,
        definitionId,
        clientId,
        sealedSecret: clientSecret ? await sealer.seal(clientSecret, place) : null,
        updatedAt: now(),
      }
      const before = await storage.oauthClients.get(app.id, definitionId)
      await storage.oauthClients.put(client)
      await auditWrite(actor, app, definitionId, before, client)
      return toInfo(client)
    },

    async remove(actor: Actor, slug: string, definitionId: string): Promise<OAuthClientInfo> {
      const app = await authorizeApp(context, actor, 'oauth-client.write', slug)
      const client = await storage.oauthClients.get(app.id, definitionId)
      if (!client || !(await storage.oauthClients.remove(app.id, definitionId))) throw notFound('OAuth client')
      await auditWrite(actor, app, definitionId, client, null)
      return toInfo(client)
    },
  }
}

const toInfo = ({ definitionId, clientId, sealedSecret, updatedAt }: OAuthClientRecord): OAuthClientInfo => ({
  definitionId,
  clientId,
  hasSecret: sealedSecret !== null,
  updatedAt: updatedAt.toISOString(),
})
