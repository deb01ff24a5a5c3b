import type { CatalogApp, InstallationSummary, Page } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { CatalogEntry, PageRequest } from '../storage'
import { toSummary } from './installation-summary'
import { requireUser, type ServiceContext } from './service-context'
import { toCatalogDeployment, toCatalogDeveloper, toListing } from './to-api'

/** What an organization may install. */
export const createCatalogService = (context: ServiceContext) => {
  const { storage } = context

  const toCatalogApp = async (organizationId: string, entry: CatalogEntry): Promise<CatalogApp> => ({
    id: entry.app.id,
    slug: entry.app.slug,
    ...toListing(entry.app),
    verified: entry.app.verified,
    developer: toCatalogDeveloper(entry.developer),
    deployment: toCatalogDeployment(entry.deployment),
    installation: await summaryOf(organizationId, entry.app.id),
  })

  const summaryOf = async (organizationId: string, appId: string): Promise<InstallationSummary | null> => {
    const installation = await storage.installations.findByApp(organizationId, appId)
    return installation && toSummary(context, installation)
  }

  const openCatalog = (actor: Actor): string => {
    const { organizationId } = requireUser(actor)
    authorize(actor, 'catalog.read', { type: 'organization', organizationId })
    return organizationId
  }

  return {
    async search(
      actor: Actor,
      query: PageRequest & { readonly search?: string | undefined; readonly category?: string | undefined },
    ): Promise<Page<CatalogApp>> {
      const organizationId = openCatalog(actor)
      const { items, nextCursor } = await storage.apps.searchCatalog({ ...query, organizationId })
      return { items: await Promise.all(items.map((entry) => toCatalogApp(organizationId, entry))), nextCursor }
    },

    async get(actor: Actor, slug: string): Promise<CatalogApp> {
      const organizationId = openCatalog(actor)
      const entry = await storage.apps.catalogEntry(organizationId, slug)
      if (!entry) throw notFound('app')
      return toCatalogApp(organizationId, entry)
    },
  }
}
