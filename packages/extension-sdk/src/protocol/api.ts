/**
 * What the HTTP API answers, once for all: the server routes and documents it, the host and the CLI check it, and the types are inferred
 * from it. Dates are ISO 8601 in UTC.
 */

import type { Infer, ObjectShape, Shape } from './api-shape'
import type { WireError } from './messages'

/** `stable` follows what is published, `pinned` stays at its version, `development` runs a development deployment. */
export const INSTALLATION_CHANNELS = ['stable', 'pinned', 'development'] as const

export type InstallationChannel = (typeof INSTALLATION_CHANNELS)[number]

export const DEPLOYMENT_STATUSES = [
  'active',
  'pending-review',
  'in-review',
  'approved',
  'rejected',
  'withdrawn',
  'published',
  'deprecated',
] as const

export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number]

const DEPLOYMENT_TYPES = ['development', 'production'] as const

export type DeploymentType = (typeof DEPLOYMENT_TYPES)[number]

export interface Page<T> {
  readonly items: readonly T[]
  /** Pass it as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

export interface List<T> {
  readonly items: readonly T[]
}

const scopes = { list: { fields: { id: 'text', purpose: 'text' } } } as const
const egress = { list: { fields: { host: 'text', purpose: 'text' } } } as const
const surfaceConfig = {
  name: 'SurfaceConfig',
  fields: {},
  optional: {
    timeout: 'number',
    retries: 'number',
    requiresConnection: 'flag',
    canRunSingle: 'flag',
    requiresConfirmation: 'flag',
    confirmationMessage: 'text',
    polling: { fields: {}, optional: { intervalMinutes: 'number', minIntervalMinutes: 'number', cron: 'text' } },
  },
} as const
const surfaces = {
  list: {
    fields: { kind: 'text', id: 'text', label: 'text' },
    optional: {
      description: 'text',
      icon: 'text',
      color: 'text',
      category: 'text',
      recordTypes: { list: 'text' },
      expressions: { list: 'text' },
      inputs: 'field-schemas',
      outputs: 'field-schemas',
      execute: 'text',
      config: surfaceConfig,
    },
  },
} as const
const settingValues = { record: 'setting-value' } as const
const developer = { fields: { slug: 'text', title: 'text', logoUrl: { nullable: 'text' } } } as const

export const meShape = {
  name: 'Me',
  fields: { userId: 'text', organizationId: 'text', role: ['admin', 'member'], reviewer: 'flag' },
} as const satisfies ObjectShape

export type MeResponse = Infer<typeof meShape>

const listingShape = {
  name: 'AppListing',
  fields: {
    title: 'text',
    description: 'text',
    category: { nullable: 'text' },
    avatarUrl: { nullable: 'text' },
    overview: { nullable: 'text' },
    contentHowItWorks: { nullable: 'text' },
    contentConfigure: { nullable: 'text' },
    screenshots: { list: 'text' },
    websiteUrl: { nullable: 'text' },
    documentationUrl: { nullable: 'text' },
    supportUrl: { nullable: 'text' },
    termsUrl: { nullable: 'text' },
  },
} as const satisfies ObjectShape

export type AppListing = Infer<typeof listingShape>

const catalogDeploymentShape = {
  name: 'CatalogDeployment',
  fields: {
    id: 'text',
    version: 'text',
    deploymentType: DEPLOYMENT_TYPES,
    publishedAt: { nullable: 'time' },
    releaseNotes: { nullable: 'text' },
    scopes,
    egress,
    surfaces,
    settings: { fields: { organization: 'settings-schema', user: 'settings-schema' } },
  },
} as const satisfies ObjectShape

export type CatalogDeployment = Infer<typeof catalogDeploymentShape>

const installationSummaryShape = {
  name: 'InstallationSummary',
  fields: {
    id: 'text',
    appId: 'text',
    deploymentId: 'text',
    version: 'text',
    status: ['active', 'uninstalled'],
    /** A required organization setting has no value yet. */
    needsConfiguration: 'flag',
  },
} as const satisfies ObjectShape

export type InstallationSummary = Infer<typeof installationSummaryShape>

export const catalogAppShape = {
  name: 'CatalogApp',
  base: listingShape,
  fields: {
    id: 'text',
    slug: 'text',
    verified: 'flag',
    developer,
    /** The version an install would get: the published one, or a development deployment aimed at this organization. */
    deployment: catalogDeploymentShape,
    installation: { nullable: installationSummaryShape },
  },
} as const satisfies ObjectShape

export type CatalogApp = Infer<typeof catalogAppShape>

export const installationShape = {
  name: 'Installation',
  base: installationSummaryShape,
  fields: {
    app: { fields: { slug: 'text', title: 'text', description: 'text', avatarUrl: { nullable: 'text' }, developer } },
    grantedScopes: { list: 'text' },
    channel: INSTALLATION_CHANNELS,
    installedAt: 'time',
    installedBy: 'text',
    uninstalledAt: { nullable: 'time' },
    /** A newer version this installation may move to, and what it asks for that was not granted. */
    update: { nullable: { fields: { deployment: catalogDeploymentShape, newScopes: scopes, newEgress: egress } } },
    /** The version a rollback would return to. */
    rollback: { nullable: { fields: { deploymentId: 'text', version: 'text' } } },
  },
} as const satisfies ObjectShape

export type Installation = Infer<typeof installationShape>

export const installationEventShape = {
  name: 'InstallationEvent',
  fields: {
    id: 'text',
    type: ['installed', 'upgraded', 'rolled-back', 'uninstalled', 'reinstalled', 'rolled-forward', 'channel-changed'],
    fromVersion: { nullable: 'text' },
    toVersion: { nullable: 'text' },
    actorId: 'text',
    createdAt: 'time',
  },
} as const satisfies ObjectShape

export type InstallationEvent = Infer<typeof installationEventShape>

export const settingsShape = {
  name: 'Settings',
  fields: {
    schema: 'settings-schema',
    /** Values by path in dots; defaults filled in. A secret is absent. */
    values: settingValues,
    /** Paths of secrets that have a value. */
    secretsSet: { list: 'text' },
  },
} as const satisfies ObjectShape

export type SettingsResponse = Infer<typeof settingsShape>

export type SettingsScope = 'organization' | 'user'

/** What the host needs to run one installation's surfaces. */
export const activeExtensionShape = {
  name: 'ActiveExtension',
  fields: {
    appId: 'text',
    appInstallationId: 'text',
    deploymentId: 'text',
    slug: 'text',
    title: 'text',
    avatarUrl: { nullable: 'text' },
    version: 'text',
    isolation: ['origin', 'opaque'],
    /** The frame document, on the sandbox origin of this installation. */
    frameUrl: 'text',
    surfaces,
    grantedScopes: { list: 'text' },
    settings: { fields: { organization: settingValues, user: settingValues } },
    needsConfiguration: 'flag',
  },
} as const satisfies ObjectShape

export type ActiveExtension = Infer<typeof activeExtensionShape>

export const functionCallShape = {
  name: 'FunctionCallResult',
  fields: {
    /** As `encodeValue` wrote it. */
    result: 'text',
    traceId: 'text',
    durationMs: 'number',
  },
} as const satisfies ObjectShape

export type FunctionCallResponse = Infer<typeof functionCallShape>

export const functionCallLogShape = {
  name: 'FunctionCallLog',
  fields: {
    id: 'text',
    functionId: 'text',
    deploymentId: 'text',
    userId: 'text',
    outcome: ['ok', 'error'],
    errorCode: { nullable: 'text' },
    durationMs: 'number',
    logs: { list: { fields: { level: 'text', message: 'text' } } },
    createdAt: 'time',
  },
} as const satisfies ObjectShape

export type FunctionCallLog = Infer<typeof functionCallLogShape>

export const developerAccountShape = {
  name: 'DeveloperAccount',
  fields: { id: 'text', slug: 'text', title: 'text', logoUrl: { nullable: 'text' } },
} as const satisfies ObjectShape

export type DeveloperAccount = Infer<typeof developerAccountShape>

export const apiKeyShape = {
  name: 'ApiKey',
  fields: { id: 'text', name: 'text', createdAt: 'time', revokedAt: { nullable: 'time' } },
} as const satisfies ObjectShape

export type ApiKeyInfo = Infer<typeof apiKeyShape>

export const newApiKeyShape = {
  name: 'NewApiKey',
  /** The key is shown this once. */
  fields: { id: 'text', name: 'text', key: 'text' },
} as const satisfies ObjectShape

export type NewApiKey = Infer<typeof newApiKeyShape>

export const developerAppShape = {
  name: 'DeveloperApp',
  base: listingShape,
  fields: {
    id: 'text',
    slug: 'text',
    developerAccountId: 'text',
    publicationStatus: ['draft', 'published'],
    reviewStatus: { nullable: DEPLOYMENT_STATUSES },
    verified: 'flag',
    autoApprove: 'flag',
  },
} as const satisfies ObjectShape

export type DeveloperApp = Infer<typeof developerAppShape>

export const bundleShape = {
  name: 'Bundle',
  fields: { id: 'text', sha256: 'text', sizeBytes: 'number' },
} as const satisfies ObjectShape

export type BundleInfo = Infer<typeof bundleShape>

export const deploymentShape = {
  name: 'Deployment',
  fields: {
    id: 'text',
    appId: 'text',
    deploymentType: DEPLOYMENT_TYPES,
    version: 'text',
    status: DEPLOYMENT_STATUSES,
    clientBundleId: { nullable: 'text' },
    serverBundleId: { nullable: 'text' },
    manifest: 'manifest',
    targetOrganizationId: { nullable: 'text' },
    releaseNotes: { nullable: 'text' },
    rejectionReason: { nullable: 'text' },
    createdAt: 'time',
    createdBy: 'text',
    reviewedAt: { nullable: 'time' },
    publishedAt: { nullable: 'time' },
  },
} as const satisfies ObjectShape

export type Deployment = Infer<typeof deploymentShape>

/** One finding of the publish checks. An `error` stops the submission; a `warning` does not. */
export const publishCheckShape = {
  name: 'PublishCheck',
  fields: { code: 'text', field: 'text', severity: ['error', 'warning'], message: 'text', fix: 'text' },
} as const satisfies ObjectShape

export type PublishCheck = Infer<typeof publishCheckShape>

export const reviewItemShape = {
  name: 'ReviewItem',
  fields: { deployment: deploymentShape, app: developerAppShape, checks: { list: publishCheckShape } },
} as const satisfies ObjectShape

export type ReviewItem = Infer<typeof reviewItemShape>

/** RFC 9457, with a stable code. */
export const problemShape = {
  name: 'Problem',
  fields: { type: 'text', title: 'text', status: 'number', detail: 'text', code: 'text', message: 'text' },
  optional: {
    /** Messages by field path, when the input was at fault. */
    fields: { record: 'text' },
    retryAfterSeconds: 'number',
    traceId: 'text',
    checks: { list: publishCheckShape },
  },
} as const satisfies ObjectShape

export type Problem = Infer<typeof problemShape> & WireError

/** The shape of a list of them. */
export const listShape = <const S extends Shape>(item: S) => ({ fields: { items: { list: item } } }) as const

/** The shape of one page of them. */
export const pageShape = <const S extends Shape>(item: S) =>
  ({ fields: { items: { list: item }, nextCursor: { nullable: 'text' } } }) as const
