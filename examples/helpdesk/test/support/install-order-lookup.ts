import { z } from 'zod'
import type { HttpPerson } from '../../server/seed/sign-in-over-http'

const IDENTIFIED = z.object({ id: z.string() })
const CATALOG_APP = z.object({
  id: z.string(),
  deployment: z.object({
    id: z.string(),
    scopes: z.array(z.object({ id: z.string() })),
    egress: z.array(z.object({ host: z.string() })),
  }),
})

/** Installs the newest version with all that it asks for. @returns The id of the installation. */
export const installOrderLookup = async (ada: HttpPerson): Promise<string> => {
  const { id: appId, deployment } = await ada.get('/api/souk/catalog/apps/order-lookup', CATALOG_APP)
  const { id } = await ada.post(
    '/api/souk/installations',
    {
      appId,
      deploymentId: deployment.id,
      grantedScopes: deployment.scopes.map((scope) => scope.id),
      grantedEgress: deployment.egress.map(({ host }) => host),
    },
    IDENTIFIED,
  )
  return id
}
