import type { DeveloperApp, Page } from '@souk/extension-sdk/protocol'
import { createId } from '../crypto/create-id'
import { type Actor, authorize } from '../policy'
import { notFound } from '../souk-error'
import type { AppListingPatch, AppRecord, PageRequest } from '../storage'
import { audit } from './audit'
import { changedFields } from './changed-fields'
import { authorizeAccount, authorizeApp } from './developer-access'
import { listAccounts } from './developer-accounts'
import { readAll } from './read-all'
import { orConflict, type ServiceContext } from './service-context'
import { toDeveloperApp, toListing } from './to-api'

/** Listing fields as they arrive: absent ones are left as they are. */
export type ListingInput = { readonly [K in keyof AppListingPatch]?: AppListingPatch[K] | undefined }

export interface CreateAppInput extends ListingInput {
  readonly developerAccountId: string
  readonly slug: string
}

// Only what was sent: `undefined` would be a change.
const present = (listing: ListingInput): AppListingPatch =>
  Object.fromEntries(Object.entries(listing).filter(([, value]) => value !== undefined))

/** The apps of developers and how they present themselves. */
export const createAppService = (context: ServiceContext) => {
  const { storage, now } = context

  return {
    async create(actor: Actor, { developerAccountId, slug, ...listing }: CreateAppInput): Promise<DeveloperApp> {
      await authorizeAccount(context, actor, 'app.create', developerAccountId)
      const record: AppRecord = {
        id: createId(),
        slug,
        developerAccountId,
        title: slug,
        description: '',
        category: null,
        tags: [],
        avatarUrl: null,
        overview: null,
        contentHowItWorks: null,
        contentConfigure: null,
        screenshots: [],
        websiteUrl: null,
        documentationUrl: null,
        supportUrl: null,
        termsUrl: null,
        ...present(listing),
        publicationStatus: 'draft',
        reviewStatus: null,
        hasBundle: false,
        autoApprove: false,
        verified: false,
        installCount: 0,
        createdAt: now(),
      }
      const app = await orConflict(
        storage.apps.create(record),
        `An app with the slug ${slug} exists already. Choose another slug.`,
      )
      await audit(
        context,
        actor,
        'app.create',
        { type: 'app', id: app.id, developerAccountId },
        changedFields(null, { slug, ...toListing(app) }),
      )
      return toDeveloperApp(app)
    },

    async list(actor: Actor, page: PageRequest): Promise<Page<DeveloperApp>> {
      authorize(actor, 'developer-account.list', { type: 'platform' })
      const accounts = await readAll((each) => listAccounts(context, actor, each))
      const { items, nextCursor } = await storage.apps.listForAccounts(
        accounts.map(({ id }) => id),
        page,
      )
      return { items: items.map(toDeveloperApp), nextCursor }
    },

    async get(actor: Actor, slug: string): Promise<DeveloperApp> {
      return toDeveloperApp(await authorizeApp(context, actor, 'app.read', slug))
    },

    async update(actor: Actor, slug: string, listing: ListingInput): Promise<DeveloperApp> {
      const before = await authorizeApp(context, actor, 'app.update', slug)
      const app = await storage.apps.updateListing(before.id, present(listing))
      if (!app) throw notFound('app')
      await audit(
        context,
        actor,
        'app.update',
        { type: 'app', id: app.id, developerAccountId: app.developerAccountId },
        changedFields(toListing(before), toListing(app)),
      )
      return toDeveloperApp(app)
    },
  }
}
