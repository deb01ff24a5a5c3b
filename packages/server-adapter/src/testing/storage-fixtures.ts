import { createHash, randomUUID } from 'node:crypto'
import type { Manifest } from '@souk/extension-sdk/protocol'
import type {
  ApiKeyRecord,
  AppRecord,
  BundleRecord,
  BundleType,
  DeploymentMove,
  DeploymentRecord,
  DeveloperAccountRecord,
  DeviceLoginRecord,
  InstallationChange,
  InstallationRecord,
  InvitationRecord,
} from '../storage'

/** A new id: no two cases share a row, so that a case may run on a database with the rows of others. */
export const newId = (): string => randomUUID().replaceAll('-', '').slice(0, 26)

/** A moment in whole milliseconds, `offsetMs` after a fixed one. */
export const at = (offsetMs = 0): Date => new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678) + offsetMs)

export const sampleManifest = (version = '1.0.0'): Manifest => ({
  manifestVersion: 1,
  id: 'sample-app',
  version,
  protocolVersion: 1,
  scopes: [{ id: 'tickets:read', purpose: 'Shows the ticket.' }],
  egress: { server: [] },
  surfaces: [],
  // Not in alphabetical order: the order of a form must survive.
  settings: {
    organization: { zone: { type: 'string', label: 'Zone' }, api: { type: 'string', label: 'API' } },
    user: {},
  },
  functions: [],
})

export const sampleAccount = (change: Partial<DeveloperAccountRecord> = {}): DeveloperAccountRecord => {
  const id = newId()
  return {
    id,
    slug: `dev-${id}`,
    title: 'Northwind',
    logoUrl: null,
    featureFlags: ['beta'],
    createdAt: at(),
    ...change,
  }
}

export const sampleKey = (developerAccountId: string, change: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
  id: newId(),
  developerAccountId,
  userId: 'ada',
  name: 'CI',
  scopes: ['read', 'publish'],
  keyHash: newId(),
  createdAt: at(),
  expiresAt: at(9_000_000),
  revokedAt: null,
  ...change,
})

export const sampleInvitation = (
  developerAccountId: string,
  change: Partial<InvitationRecord> = {},
): InvitationRecord => ({
  id: newId(),
  developerAccountId,
  email: null,
  userId: newId(),
  role: 'member',
  tokenHash: newId(),
  invitedBy: 'ada',
  createdAt: at(),
  expiresAt: at(1000),
  status: 'pending',
  answeredBy: null,
  answeredAt: null,
  ...change,
})

export const sampleDeviceLogin = (change: Partial<DeviceLoginRecord> = {}): DeviceLoginRecord => ({
  id: newId(),
  deviceCodeHash: newId(),
  userCodeHash: newId(),
  name: 'laptop',
  scopes: ['read', 'deploy'],
  createdAt: at(),
  expiresAt: at(600_000),
  status: 'pending',
  userId: null,
  developerAccountId: null,
  intervalSeconds: 5,
  lastPolledAt: null,
  ...change,
})

export const sampleApp = (developerAccountId: string, change: Partial<AppRecord> = {}): AppRecord => {
  const id = newId()
  return {
    id,
    slug: `app-${id}`,
    developerAccountId,
    title: 'Order lookup',
    description: 'Finds orders.',
    category: 'support',
    tags: ['orders', 'billing'],
    avatarUrl: null,
    overview: null,
    contentHowItWorks: 'It looks.',
    contentConfigure: null,
    screenshots: ['https://cdn.example/1.png'],
    websiteUrl: 'https://northwind.example',
    documentationUrl: null,
    supportUrl: null,
    termsUrl: null,
    publicationStatus: 'draft',
    reviewStatus: null,
    hasBundle: false,
    autoApprove: false,
    verified: true,
    installCount: 0,
    createdAt: at(),
    ...change,
  }
}

export const sampleBundle = (appId: string, content: Uint8Array, bundleType: BundleType = 'client'): BundleRecord => ({
  id: newId(),
  appId,
  bundleType,
  sha256: createHash('sha256').update(content).digest('hex'),
  sizeBytes: content.byteLength,
  createdAt: at(),
})

export const sampleDeployment = (
  appId: string,
  clientBundleId: string,
  change: Partial<DeploymentRecord> = {},
): DeploymentRecord => ({
  id: newId(),
  appId,
  deploymentType: 'production',
  version: '1.0.0',
  clientBundleId,
  serverBundleId: null,
  manifest: sampleManifest(change.version),
  targetOrganizationId: null,
  status: 'active',
  releaseNotes: 'First.',
  createdBy: 'ada',
  createdAt: at(),
  reviewedBy: null,
  reviewedAt: null,
  rejectionReason: null,
  publishedAt: null,
  rolloutPercent: 100,
  rolloutSince: null,
  rolloutHaltedAt: null,
  rolloutHaltCode: null,
  ...change,
})

export const sampleInstallation = (
  deployment: Pick<DeploymentRecord, 'id' | 'appId'>,
  organizationId: string,
  change: Partial<InstallationRecord> = {},
): InstallationRecord => ({
  id: newId(),
  appId: deployment.appId,
  organizationId,
  currentDeploymentId: deployment.id,
  grantedScopes: ['tickets:read'],
  grantedEgress: ['api.example.com'],
  installedBy: 'grace',
  installedAt: at(),
  uninstalledAt: null,
  channel: 'stable',
  ...change,
})

export const sampleChange = (
  type: InstallationChange['type'],
  deploymentId: string,
  change: Partial<InstallationChange> = {},
): InstallationChange => ({
  eventId: newId(),
  type,
  deploymentId,
  grantedScopes: ['tickets:read', 'tickets:write'],
  grantedEgress: [],
  actorId: 'linus',
  at: at(1000),
  channel: 'stable',
  ...change,
})

/** The moves from a new production deployment to a published one. */
export const PUBLISH_MOVES: readonly DeploymentMove[] = [
  { to: 'pending-review', from: ['active'] },
  { to: 'in-review', from: ['pending-review'] },
  { to: 'approved', from: ['in-review'], reviewedBy: 'rev', reviewedAt: at(10) },
  { to: 'published', from: ['approved'], publishedAt: at(20) },
]
