import type { CatalogApp, CatalogVersion, InstallationSummary, Page } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { CatalogEntry, CatalogQuery, DeploymentRecord, PageRequest } from '../storage'
import { toSummary } from './installation-summary'
import { requireUser, type ServiceContext } from './service-context'
import { toCatalogDeployment, toCatalogDeveloper, toListing } from './to-api'

const toCatalogVersion = ({ id, version, publishedAt, releaseNotes }: DeploymentRecord): readonly CatalogVersion[] =>
  publishedAt ? [{ id, version, publishedAt: publishedAt.toISOString(), releaseNotes }] : []

/** What an organization may install. */
export const createCatalogService = (context: ServiceContext) => {
  const { storage } = context

  const toCatalogApp = async (organizationId: string, entry: CatalogEntry): Promise<CatalogApp> => ({
    id: entry.app.id,
    slug: entry.app.slug,
    ...toListing(entry.app),
    verified: entry.app.verified,
    installCount: entry.app.installCount,
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
    async search(actor: Actor, query: Omit<CatalogQuery, 'organizationId'>): Promise<Page<CatalogApp>> {
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

    /** The changelog: what was published, the newest first. */
    async versions(actor: Actor, slug: string, page: PageRequest): Promise<Page<CatalogVersion>> {
      const entry = await storage.apps.catalogEntry(openCatalog(actor), slug)
      if (!entry) throw notFound('app')
      const { items, nextCursor } = await storage.deployments.listPublished(entry.app.id, page)
      return { items: items.flatMap(toCatalogVersion), nextCursor }
    },
  }
}
