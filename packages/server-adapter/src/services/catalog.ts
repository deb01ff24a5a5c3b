import type { CatalogApp, CatalogVersion, Page } from '@souk/extension-sdk/protocol'
import { type Actor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { CatalogEntry, CatalogQuery, DeploymentRecord, InstallationRecord, PageRequest } from '../storage'
import { toSummary } from './installation-summary'
import { requireUser, type ServiceContext } from './service-context'
import { toCatalogDeployment, toCatalogDeveloper, toListing } from './to-api'

const toCatalogVersion = ({ id, version, publishedAt, releaseNotes }: DeploymentRecord): readonly CatalogVersion[] =>
  publishedAt ? [{ id, version, publishedAt: publishedAt.toISOString(), releaseNotes }] : []

/** What an organization may install. */
export const createCatalogService = (context: ServiceContext) => {
  const { storage } = context

  const toCatalogApp = async (entry: CatalogEntry, installation: InstallationRecord | null): Promise<CatalogApp> => ({
    id: entry.app.id,
    slug: entry.app.slug,
    ...toListing(entry.app),
    verified: entry.app.verified,
    installCount: entry.app.installCount,
    developer: toCatalogDeveloper(entry.developer),
    deployment: toCatalogDeployment(entry.deployment),
    installation: installation && (await toSummary(context, installation)),
  })

  const openCatalog = (actor: Actor): string => {
    const { organizationId } = requireUser(actor)
    authorize(actor, 'catalog.read', { type: 'organization', organizationId })
    return organizationId
  }

  return {
    async search(actor: Actor, query: Omit<CatalogQuery, 'organizationId'>): Promise<Page<CatalogApp>> {
      const organizationId = openCatalog(actor)
      const { items, nextCursor } = await storage.apps.searchCatalog({ ...query, organizationId })
      const appIds = items.map(({ app }) => app.id)
      const installations = appIds.length === 0 ? [] : await storage.installations.findByApps(organizationId, appIds)
      const byApp = new Map(installations.map((installation) => [installation.appId, installation]))
      const apps = await Promise.all(items.map((entry) => toCatalogApp(entry, byApp.get(entry.app.id) ?? null)))
      return { items: apps, nextCursor }
    },

    async get(actor: Actor, slug: string): Promise<CatalogApp> {
      const organizationId = openCatalog(actor)
      const entry = await storage.apps.catalogEntry(organizationId, slug)
      if (!entry) throw notFound('app')
      return toCatalogApp(entry, await storage.installations.findByApp(organizationId, entry.app.id))
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
