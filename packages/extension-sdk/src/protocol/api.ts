/** What the HTTP API answers, for the host's client and the CLI. Dates are ISO 8601 in UTC. */

import type { EgressRule, Manifest, ScopeRequest, SurfaceEntry } from './manifest'
import type { WireError } from './messages'
import type { SettingsSchema } from './settings-schema'

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

export const isDeploymentStatus = (value: unknown): value is DeploymentStatus =>
  typeof value === 'string' && (DEPLOYMENT_STATUSES as readonly string[]).includes(value)

export type DeploymentType = 'development' | 'production'

export interface Page<T> {
  readonly items: readonly T[]
  /** Pass it as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

export interface MeResponse {
  readonly userId: string
  readonly organizationId: string
  readonly role: 'admin' | 'member'
  readonly reviewer: boolean
}

export interface AppListing {
  readonly title: string
  readonly description: string
  readonly category: string | null
  readonly avatarUrl: string | null
  readonly overview: string | null
  readonly contentHowItWorks: string | null
  readonly contentConfigure: string | null
  readonly screenshots: readonly string[]
  readonly websiteUrl: string | null
  readonly documentationUrl: string | null
  readonly supportUrl: string | null
  readonly termsUrl: string | null
}

export interface CatalogApp extends AppListing {
  readonly id: string
  readonly slug: string
  readonly verified: boolean
  readonly developer: { readonly slug: string; readonly title: string; readonly logoUrl: string | null }
  /** The version an install would get: the published one, or a development deployment aimed at this organization. */
  readonly deployment: CatalogDeployment
  readonly installation: InstallationSummary | null
}

export interface CatalogDeployment {
  readonly id: string
  readonly version: string
  readonly deploymentType: DeploymentType
  readonly publishedAt: string | null
  readonly releaseNotes: string | null
  readonly scopes: readonly ScopeRequest[]
  readonly egress: readonly Pick<EgressRule, 'host' | 'purpose'>[]
  readonly surfaces: readonly SurfaceEntry[]
  readonly settings: { readonly organization: SettingsSchema; readonly user: SettingsSchema }
}

export interface InstallationSummary {
  readonly id: string
  readonly appId: string
  readonly deploymentId: string
  readonly version: string
  readonly status: 'active' | 'uninstalled'
  /** A required organization setting has no value yet. */
  readonly needsConfiguration: boolean
}

export interface Installation extends InstallationSummary {
  readonly app: Pick<CatalogApp, 'slug' | 'title' | 'description' | 'avatarUrl' | 'developer'>
  readonly grantedScopes: readonly string[]
  readonly installedAt: string
  readonly installedBy: string
  readonly uninstalledAt: string | null
  /** A newer version this installation may move to, and what it asks for that was not granted. */
  readonly update: {
    readonly deployment: CatalogDeployment
    readonly newScopes: readonly ScopeRequest[]
    readonly newEgress: readonly Pick<EgressRule, 'host' | 'purpose'>[]
  } | null
  /** The version a rollback would return to. */
  readonly rollback: { readonly deploymentId: string; readonly version: string } | null
}

export interface InstallationEvent {
  readonly id: string
  readonly type: 'installed' | 'upgraded' | 'rolled-back' | 'uninstalled' | 'reinstalled'
  readonly fromVersion: string | null
  readonly toVersion: string | null
  readonly actorId: string
  readonly createdAt: string
}

export interface SettingsResponse {
  readonly schema: SettingsSchema
  /** Values by path in dots; defaults filled in. A secret is absent. */
  readonly values: Readonly<Record<string, string | number | boolean>>
  /** Paths of secrets that have a value. */
  readonly secretsSet: readonly string[]
}

export type SettingsScope = 'organization' | 'user'

/** What the host needs to run one installation's surfaces. */
export interface ActiveExtension {
  readonly appId: string
  readonly appInstallationId: string
  readonly deploymentId: string
  readonly slug: string
  readonly title: string
  readonly avatarUrl: string | null
  readonly version: string
  readonly isolation: 'origin' | 'opaque'
  /** The frame document, on the sandbox origin of this installation. */
  readonly frameUrl: string
  readonly surfaces: readonly SurfaceEntry[]
  readonly grantedScopes: readonly string[]
  readonly settings: {
    readonly organization: Readonly<Record<string, string | number | boolean>>
    readonly user: Readonly<Record<string, string | number | boolean>>
  }
  readonly needsConfiguration: boolean
}

export interface FunctionCallResponse {
  /** As `encodeValue` wrote it. */
  readonly result: string
  readonly traceId: string
  readonly durationMs: number
}

export interface DeveloperAccount {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly logoUrl: string | null
}

export interface DeveloperApp extends AppListing {
  readonly id: string
  readonly slug: string
  readonly developerAccountId: string
  readonly publicationStatus: 'draft' | 'published'
  readonly reviewStatus: DeploymentStatus | null
  readonly verified: boolean
  readonly autoApprove: boolean
}

export interface Deployment {
  readonly id: string
  readonly appId: string
  readonly deploymentType: DeploymentType
  readonly version: string
  readonly status: DeploymentStatus
  readonly clientBundleId: string | null
  readonly serverBundleId: string | null
  readonly manifest: Manifest
  readonly targetOrganizationId: string | null
  readonly releaseNotes: string | null
  readonly rejectionReason: string | null
  readonly createdAt: string
  readonly createdBy: string
  readonly reviewedAt: string | null
  readonly publishedAt: string | null
}

export interface ReviewItem {
  readonly deployment: Deployment
  readonly app: DeveloperApp
  readonly checks: readonly PublishCheck[]
}

/** One finding of the publish checks. An `error` stops the submission; a `warning` does not. */
export interface PublishCheck {
  readonly code: string
  readonly field: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly fix: string
}

/** RFC 9457, with a stable code. */
export interface Problem extends WireError {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly checks?: readonly PublishCheck[]
}
