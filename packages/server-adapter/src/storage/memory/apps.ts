import { createHash } from 'node:crypto'
import type { CatalogSort } from '@souk/extension-sdk/protocol'
import { catalogSearchText, catalogSearchWords, catalogSortKey, splitCatalogWords } from '../catalog-text'
import type { AppRecord, DeploymentRecord } from '../records'
import type { AppStore, BundleStore, CatalogEntry } from '../storage'
import { StorageError } from '../storage-error'
import { ensure, insert, newestFirst, type Tables } from './tables'
import { oldestPage, takePage } from './take-page'

export const createMemoryApps = (tables: Tables): AppStore => {
  const bySlug = (slug: string): AppRecord | undefined => [...tables.apps.values()].find((app) => app.slug === slug)

  const entryOf = (app: AppRecord, organizationId: string): CatalogEntry | null => {
    const developer = tables.accounts.get(app.developerAccountId)
    const deployment = latestPublished(tables, app.id) ?? developmentFor(tables, app.id, organizationId)
    return developer && deployment ? structuredClone({ app, deployment, developer }) : null
  }

  return {
    async create(app) {
      ensure(tables.accounts.has(app.developerAccountId), `There is no developer account ${app.developerAccountId}.`)
      ensure(!bySlug(app.slug), `The app slug ${app.slug} is taken. Choose another.`)
      insert(tables.apps, app, 'an app')
      return structuredClone(app)
    },
    async get(id) {
      return structuredClone(tables.apps.get(id) ?? null)
    },
    async getBySlug(slug) {
      return structuredClone(bySlug(slug) ?? null)
    },
    async updateListing(id, patch) {
      const app = tables.apps.get(id)
      if (!app) return null
      const changes = Object.entries(patch).filter(([, value]) => value !== undefined)
      const updated: AppRecord = { ...app, ...structuredClone(Object.fromEntries(changes)) }
      tables.apps.set(id, updated)
      return structuredClone(updated)
    },
    async updateTrust(id, { autoApprove, verified }) {
      const app = tables.apps.get(id)
      if (!app) return null
      const updated: AppRecord = {
        ...app,
        autoApprove: autoApprove ?? app.autoApprove,
        verified: verified ?? app.verified,
      }
      tables.apps.set(id, updated)
      return structuredClone(updated)
    },
    async listForAccounts(accountIds, page) {
      return oldestPage('apps', tables.apps, page, (app) => accountIds.includes(app.developerAccountId))
    },
    async searchCatalog(query) {
      const words = catalogSearchWords(query.search)
      const rows = [...tables.apps.values()].flatMap((app, index) => {
        const matches =
          holdsAll(splitCatalogWords(catalogSearchText(app)), words) &&
          (query.category ?? app.category) === app.category &&
          (query.tag === undefined || app.tags.includes(query.tag))
        const item = matches && entryOf(app, query.organizationId)
        return item ? [{ key: [placeOf(app, index, query.sort, words), catalogSortKey(app.title), app.id], item }] : []
      })
      return takePage('catalog', ['number', 'string', 'string'], rows, query)
    },
    async catalogEntry(organizationId, slug) {
      const app = bySlug(slug)
      return app ? entryOf(app, organizationId) : null
    },
  }
}

/** What an app is sorted by, before its title. */
const placeOf = (app: AppRecord, index: number, sort: CatalogSort | undefined, words: readonly string[]): number => {
  if (sort === 'installs') return -app.installCount
  if (sort === 'newest') return -index
  return sort === 'title' ? 0 : rankOf(app.title, words)
}

/** Each word begins one of the text's. */
const holdsAll = (text: readonly string[], words: readonly string[]): boolean =>
  words.every((word) => text.some((candidate) => candidate.startsWith(word)))

/** 0: the title is these words. 1: it holds them. 2: they stand elsewhere. Without words all are equal. */
const rankOf = (title: string, words: readonly string[]): number => {
  if (words.length === 0) return 0
  const own = splitCatalogWords(catalogSortKey(title))
  if (own.length === words.length && words.every((word) => own.includes(word))) return 0
  return holdsAll(own, words) ? 1 : 2
}

export const isOffered = ({ deploymentType, status, rolloutHaltedAt }: DeploymentRecord): boolean =>
  deploymentType === 'production' && status === 'published' && rolloutHaltedAt === null

export const latestPublished = (tables: Tables, appId: string): DeploymentRecord | null => {
  const offered = [...tables.deployments.values()]
    .filter((deployment) => deployment.appId === appId && isOffered(deployment))
    .reverse()
    .sort((a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0))
  return offered.find(({ rolloutPercent }) => rolloutPercent === 100) ?? offered[0] ?? null
}

const developmentFor = (tables: Tables, appId: string, organizationId: string): DeploymentRecord | undefined =>
  newestFirst(tables.deployments.values()).find(
    (deployment) =>
      deployment.appId === appId &&
      deployment.deploymentType === 'development' &&
      deployment.status === 'active' &&
      deployment.targetOrganizationId === organizationId,
  )

export const createMemoryBundles = (tables: Tables): BundleStore => {
  const find = (appId: string, bundleType: string, sha256: string) =>
    [...tables.bundles.values()].find(
      (bundle) => bundle.appId === appId && bundle.bundleType === bundleType && bundle.sha256 === sha256,
    )

  return {
    async put(bundle, content, quota) {
      const existing = find(bundle.appId, bundle.bundleType, bundle.sha256)
      if (existing) {
        const uploadedAt = new Date(Math.max(existing.uploadedAt.getTime(), bundle.createdAt.getTime()))
        tables.bundles.set(existing.id, { ...existing, uploadedAt })
        return withoutContent(existing)
      }
      ensure(tables.apps.has(bundle.appId), `There is no app ${bundle.appId} to store a bundle for.`)
      ensure(
        createHash('sha256').update(content).digest('hex') === bundle.sha256 && content.byteLength === bundle.sizeBytes,
        'The bytes do not have the hash or size of the bundle. Bundles are stored under the SHA-256 of their content.',
      )
      const stored = [...tables.bundles.values()].filter(({ appId }) => appId === bundle.appId)
      const total = stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, bundle.sizeBytes)
      if (quota && total > quota.appBytes)
        throw new StorageError(
          'QUOTA_EXCEEDED',
          `The bundles of the app would come to ${total} bytes; it may have ${quota.appBytes}.`,
        )
      // A copy: the caller's buffer may change, the bundle never does.
      insert(tables.bundles, { ...bundle, content: Uint8Array.from(content), uploadedAt: bundle.createdAt }, 'a bundle')
      return structuredClone(bundle)
    },
    async get(id) {
      const bundle = tables.bundles.get(id)
      return bundle ? withoutContent(bundle) : null
    },
    async find(appId, bundleType, sha256) {
      const bundle = find(appId, bundleType, sha256)
      return bundle ? withoutContent(bundle) : null
    },
    async content(id) {
      return copy(tables.bundles.get(id)?.content)
    },
    async clientContentByHash(sha256) {
      const bundles = [...tables.bundles.values()]
      return copy(bundles.find((bundle) => bundle.bundleType === 'client' && bundle.sha256 === sha256)?.content)
    },
    async removeUnused(uploadedBefore) {
      const used = new Set([...tables.deployments.values()].flatMap((row) => [row.clientBundleId, row.serverBundleId]))
      const unused = [...tables.bundles.values()].filter(
        ({ id, uploadedAt }) => uploadedAt < uploadedBefore && !used.has(id),
      )
      for (const { id } of unused) tables.bundles.delete(id)
      return unused.length
    },
  }
}

const copy = (content: Uint8Array | undefined): Uint8Array | null => (content ? Uint8Array.from(content) : null)

const withoutContent = <T extends { readonly content: Uint8Array; readonly uploadedAt: Date }>({
  content: _,
  uploadedAt: __,
  ...bundle
}: T) => structuredClone(bundle)
