import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import { createMemoryStorage, type Storage } from '@souk/server-adapter/storage'
import type { PageConfig } from '../page/contender'

/** Ids are 26 characters of base32, as everywhere in Souk. */
const idOf = (letter: string): string => letter.repeat(26)

type Extension = Omit<PageConfig['extension'], 'frameUrl'>

export interface Deployed {
  readonly storage: Storage
  /** The installations of the app, each as its page knows it, but for where the frame is served. */
  readonly extensions: readonly [Extension, ...Extension[]]
}

/** In as many organizations as a page of the benchmark pretends to have installed apps. */
const INSTALLATIONS = ['d', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's'] as const

const PUBLISHING = [
  ['active', 'pending-review'],
  ['pending-review', 'in-review'],
  ['in-review', 'approved'],
  ['approved', 'published'],
] as const

/** Builds the app with `souk build` and puts it into a storage as an installed deployment. */
export const deployApp = async (outDir: string): Promise<Deployed> => {
  const built = await build({ cwd: fileURLToPath(new URL('../app', import.meta.url)), outDir, typeCheck: false })
  const { manifest, client, listing } = built
  const [appId, bundleId, deploymentId] = [idOf('a'), idOf('b'), idOf('c')]
  const createdAt = new Date()
  const storage = createMemoryStorage()
  const developerAccountId = idOf('e')
  const content = await readFile(client.path)

  await storage.developerAccounts.create(
    { id: developerAccountId, slug: 'bench', title: 'Bench', logoUrl: null, featureFlags: [], createdAt },
    'developer',
  )
  await storage.apps.create({
    id: appId,
    slug: manifest.id,
    developerAccountId,
    title: listing.title,
    description: listing.description,
    category: null,
    tags: [],
    installCount: 0,
    avatarUrl: null,
    overview: null,
    contentHowItWorks: null,
    contentConfigure: null,
    screenshots: [],
    websiteUrl: null,
    documentationUrl: null,
    supportUrl: null,
    termsUrl: null,
    publicationStatus: 'draft',
    reviewStatus: null,
    hasBundle: true,
    autoApprove: false,
    verified: false,
    createdAt,
  })
  await storage.bundles.put(
    { id: bundleId, appId, bundleType: 'client', sha256: client.sha256, sizeBytes: content.byteLength, createdAt },
    content,
  )
  await storage.deployments.create({
    id: deploymentId,
    appId,
    // Development deployments run React's development build.
    deploymentType: 'production',
    version: manifest.version,
    clientBundleId: bundleId,
    serverBundleId: null,
    manifest,
    targetOrganizationId: null,
    status: 'active',
    releaseNotes: null,
    rolloutPercent: 100,
    rolloutSince: null,
    rolloutHaltedAt: null,
    rolloutHaltCode: null,
    createdBy: 'developer',
    createdAt,
    reviewedBy: null,
    reviewedAt: null,
    rejectionReason: null,
    publishedAt: null,
  })
  for (const [from, to] of PUBLISHING) {
    const publishedAt = to === 'published' ? { publishedAt: createdAt } : {}
    await storage.deployments.move(deploymentId, { from: [from], to, ...publishedAt })
  }
  const install = async (letter: string): Promise<Extension> => {
    const id = idOf(letter)
    await storage.installations.create(
      {
        id,
        appId,
        organizationId: `organization-${letter}`,
        currentDeploymentId: deploymentId,
        grantedScopes: [],
        grantedEgress: [],
        installedBy: 'admin',
        channel: 'stable',
        installedAt: createdAt,
        uninstalledAt: null,
      },
      // The id of the entry in its history.
      `f${id.slice(1)}`,
    )
    return {
      appId,
      appInstallationId: id,
      deploymentId,
      slug: manifest.id,
      title: listing.title,
      avatarUrl: null,
      version: manifest.version,
      isolation: 'origin',
      surfaces: manifest.surfaces,
      grantedScopes: [],
      settings: { organization: {}, user: {} },
      needsConfiguration: false,
    }
  }
  const [first, ...others] = INSTALLATIONS
  const extensions: [Extension, ...Extension[]] = [await install(first)]
  for (const letter of others) extensions.push(await install(letter))
  return { storage, extensions }
}
