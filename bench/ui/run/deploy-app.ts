import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import { createMemoryStorage, type Storage } from '@souk/server-adapter/storage'
import type { PageConfig } from '../page/contender'

/** Ids are 26 characters of base32, as everywhere in Souk. */
const idOf = (letter: string): string => letter.repeat(26)

export interface Deployed {
  readonly storage: Storage
  /** All but where the frame is served. */
  readonly extension: Omit<PageConfig['extension'], 'frameUrl'>
}

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
  const [appId, bundleId, deploymentId, installationId] = ['a', 'b', 'c', 'd'].map(idOf) as [
    string,
    string,
    string,
    string,
  ]
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
  await storage.installations.create(
    {
      id: installationId,
      appId,
      organizationId: 'organization',
      currentDeploymentId: deploymentId,
      grantedScopes: [],
      grantedEgress: [],
      installedBy: 'admin',
      installedAt: createdAt,
      uninstalledAt: null,
    },
    idOf('f'),
  )
  return {
    storage,
    extension: {
      appId,
      appInstallationId: installationId,
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
    },
  }
}
