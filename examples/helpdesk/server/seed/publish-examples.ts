import { createHash } from 'node:crypto'
import type { Caller, SoukApi } from '@souk/server-adapter'
import { type BuiltExample, buildExample } from './build-example'
import { EXAMPLE_APPS } from './example-apps'

/** Fernhill's own people, who bring their examples without a browser: by the operations of the API in this process. */
const PUBLISHER: Caller = { userId: 'fernhill-examples', organizationId: 'fernhill', role: 'admin', name: 'Fernhill' }
const REVIEWER: Caller = {
  userId: 'fernhill-reviews',
  organizationId: 'fernhill',
  role: 'member',
  reviewer: true,
  name: 'Fernhill reviews',
}
const ACCOUNT = { slug: 'fernhill', title: 'Fernhill' }

/** Builds and publishes the example apps that are not there yet. Nothing is installed. */
export const publishExamples = async (api: SoukApi, report: (line: string) => void): Promise<void> => {
  const states = await Promise.all(
    EXAMPLE_APPS.map(async ({ name }) => ({ name, isPublished: await isPublished(api, name) })),
  )
  const missing = states.filter((state) => !state.isPublished).map(({ name }) => name)
  if (missing.length === 0) return
  report(`Publishing ${missing.length} more example apps: ${missing.join(', ')} ...`)
  const { items } = await api.listDeveloperAccounts(PUBLISHER, {})
  const account =
    items.find(({ slug }) => slug === ACCOUNT.slug) ?? (await api.createDeveloperAccount(PUBLISHER, { body: ACCOUNT }))
  await Promise.all(missing.map(async (name) => publish(api, account.id, await buildExample(name))))
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

const deploymentsOf = async (api: SoukApi, slug: string) => {
  try {
    return (await api.listDeployments(PUBLISHER, { params: { slug } })).items
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return undefined
    throw error
  }
}

const isPublished = async (api: SoukApi, slug: string): Promise<boolean> =>
  (await deploymentsOf(api, slug))?.some(({ status }) => status === 'published') ?? false

/** Each step is left out when it was done before, so that a start that was interrupted is completed by the next one. */
const publish = async (api: SoukApi, developerAccountId: string, built: BuiltExample): Promise<void> => {
  const { manifest, listing } = built
  const slug = manifest.id
  const before = await deploymentsOf(api, slug)
  if (!before) await api.createApp(PUBLISHER, { body: { developerAccountId, slug, ...listing } })
  const upload = async (type: 'client' | 'server') => {
    const sha256 = createHash('sha256').update(built[type]).digest('hex')
    await api.uploadBundle(PUBLISHER, { params: { slug, type, sha256 }, body: built[type] })
    return sha256
  }
  const { id, status } =
    before?.find(({ version }) => version === manifest.version) ??
    (await api.createDeployment(PUBLISHER, {
      params: { slug },
      body: {
        manifest,
        clientSha256: await upload('client'),
        serverSha256: await upload('server'),
        deploymentType: 'production',
      },
    }))
  const step = { params: { id }, body: {} }
  const done = ['active', 'pending-review', 'in-review', 'approved'].indexOf(status)
  if (done < 1) await api.submitDeployment(PUBLISHER, step)
  if (done < 2) await api.startReview(REVIEWER, step)
  if (done < 3) await api.approveDeployment(REVIEWER, step)
  await api.publishDeployment(PUBLISHER, step)
}
