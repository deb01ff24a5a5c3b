import { createHash } from 'node:crypto'
import type { DeploymentRecord, Manifest, Storage } from '@souk/server-adapter/storage'

const at = new Date('2026-01-02T03:04:05.678Z')

const manifest: Manifest = {
  manifestVersion: 1,
  id: 'sample-app',
  version: '1.0.0',
  protocolVersion: 1,
  scopes: [],
  egress: { server: [] },
  surfaces: [],
  settings: { organization: {}, user: {} },
  functions: [],
}

/** An account with an app, its bundle and its first deployment, all named after `name`. */
export const seedDeployment = async (storage: Storage, name: string): Promise<DeploymentRecord> => {
  const content = new TextEncoder().encode(name)
  await storage.developerAccounts.create(
    {
      id: `account-${name}`,
      slug: `account-${name}`,
      title: 'Northwind',
      logoUrl: null,
      featureFlags: [],
      createdAt: at,
    },
    'ada',
  )
  await storage.apps.create({
    id: `app-${name}`,
    slug: `app-${name}`,
    developerAccountId: `account-${name}`,
    title: 'Orders',
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
    publicationStatus: 'draft',
    reviewStatus: null,
    hasBundle: false,
    autoApprove: false,
    verified: false,
    installCount: 0,
    createdAt: at,
  })
  await storage.bundles.put(
    {
      id: `bundle-${name}`,
      appId: `app-${name}`,
      bundleType: 'client',
      sha256: createHash('sha256').update(content).digest('hex'),
      sizeBytes: content.byteLength,
      createdAt: at,
    },
    content,
  )
  return storage.deployments.create({
    id: `deployment-${name}`,
    appId: `app-${name}`,
    deploymentType: 'production',
    version: '1.0.0',
    clientBundleId: `bundle-${name}`,
    serverBundleId: null,
    manifest,
    targetOrganizationId: null,
    status: 'active',
    releaseNotes: null,
    createdBy: 'ada',
    createdAt: at,
    reviewedBy: null,
    reviewedAt: null,
    rejectionReason: null,
    publishedAt: null,
    rolloutPercent: 100,
    rolloutSince: null,
    rolloutHaltedAt: null,
    rolloutHaltCode: null,
  })
}
