import { z } from '@hono/zod-openapi'
import {
  type ActiveExtension,
  type AppListing,
  type CatalogApp,
  type CatalogDeployment,
  DEPLOYMENT_STATUSES,
  type Deployment,
  type DeveloperAccount,
  type DeveloperApp,
  type FunctionCallResponse,
  type Installation,
  type InstallationEvent,
  type InstallationSummary,
  isSlug,
  type Manifest,
  type MeResponse,
  type Problem,
  type PublishCheck,
  type ReviewItem,
  type SettingsResponse,
  type SettingsSchema,
} from '@souk/extension-sdk/protocol'
import { isId } from '../crypto/create-id'
import { isSha256 } from '../crypto/hash'
import type { BundleInfo } from '../services/bundles'
import type { ApiKeyInfo } from '../services/developer-accounts'
import type { FunctionCallLog } from '../services/functions'

/** What arrives. Every text has a longest length; every object refuses keys it does not know. */

const text = (max: number, min = 0) => z.string().min(min).max(max)

const isLink = (value: string): boolean => URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol)

const DATA_IMAGE = /^data:image\/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/

const link = text(2000).refine(isLink, 'Must be a web address, such as https://example.com/docs.')
const image = text(200_000).refine(
  (value) => (value.length <= 2000 && isLink(value)) || DATA_IMAGE.test(value),
  'Must be a web address or a data URL of a PNG, JPEG, WebP or SVG image.',
)

export const idSchema = z.string().refine(isId, 'Must be an id.').openapi({ example: 'a2b3c4d5e6f7a2b3c4d5e6f7a2' })
export const slugSchema = z.string().refine(isSlug, 'Must be a slug, such as order-lookup.')
export const sha256Schema = z.string().refine(isSha256, 'Must be a SHA-256 in lower-case hex.')
export const idParams = z.object({ id: idSchema })
export const slugParams = z.object({ slug: slugSchema })

export const pageQuery = z.object({
  cursor: text(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

export const catalogQuery = pageQuery.extend({
  search: text(200).optional(),
  category: text(60).optional(),
})

export const emptyBody = z.strictObject({})

const listingFields = {
  title: text(120, 1),
  description: text(4000),
  category: text(60).nullable(),
  avatarUrl: image.nullable(),
  overview: text(20_000).nullable(),
  contentHowItWorks: text(20_000).nullable(),
  contentConfigure: text(20_000).nullable(),
  screenshots: z.array(image).max(10),
  websiteUrl: link.nullable(),
  documentationUrl: link.nullable(),
  supportUrl: link.nullable(),
  termsUrl: link.nullable(),
}

export const listingBody = z.strictObject(listingFields).partial().openapi('AppListingPatch')

export const createAccountBody = z.strictObject({
  slug: slugSchema,
  title: text(120, 1),
  logoUrl: image.nullable().optional(),
})

export const createKeyBody = z.strictObject({ name: text(120, 1) })

export const createAppBody = listingBody.extend({ developerAccountId: idSchema, slug: slugSchema })

export const createDeploymentBody = z.strictObject({
  manifest: z.unknown(),
  clientSha256: sha256Schema.nullable(),
  serverSha256: sha256Schema.nullable(),
  releaseNotes: text(20_000).nullable().optional(),
  deploymentType: z.enum(['production', 'development']),
  targetOrganizationId: text(200, 1).nullable().optional(),
})

export const rejectBody = z.strictObject({ reason: text(4000) })

const consentFields = { grantedScopes: z.array(text(200)).max(200), grantedEgress: z.array(text(300)).max(200) }

export const installBody = z.strictObject({ appId: idSchema, deploymentId: idSchema, ...consentFields })
export const upgradeBody = z.strictObject({ deploymentId: idSchema, ...consentFields })

export const settingsBody = z.strictObject({
  values: z.record(text(500), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])),
})

export const functionCallBody = z.strictObject({
  moduleHash: text(500, 1),
  args: z.string(),
  idempotencyKey: text(100, 1),
})

/** What is answered. Typed by the protocol, so that a field cannot be forgotten on one side. */

const manifestSchema: z.ZodType<Manifest> = z.custom<Manifest>().openapi('Manifest', { type: 'object' })
const settingsSchema: z.ZodType<SettingsSchema> = z
  .custom<SettingsSchema>()
  .openapi('SettingsSchema', { type: 'object' })
const valuesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const time = z.string().openapi({ format: 'date-time' })
const status = z.enum(DEPLOYMENT_STATUSES)
const scopes = z.array(z.object({ id: z.string(), purpose: z.string() }))
const egress = z.array(z.object({ host: z.string(), purpose: z.string() }))
const surfaces = z.array(
  z.object({
    kind: z.string(),
    id: z.string(),
    label: z.string(),
    description: z.string().exactOptional(),
    icon: z.string().exactOptional(),
    recordTypes: z.array(z.string()).exactOptional(),
    expressions: z.array(z.string()).exactOptional(),
  }),
)

export const pageOf = <T>(item: z.ZodType<T>) =>
  z.object({ items: z.array(item).readonly(), nextCursor: z.string().nullable() })

export const listOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item).readonly() })

export const meSchema: z.ZodType<MeResponse> = z
  .object({
    userId: z.string(),
    organizationId: z.string(),
    role: z.enum(['admin', 'member']),
    reviewer: z.boolean(),
  })
  .openapi('Me')

const listingResponse = {
  title: z.string(),
  description: z.string(),
  category: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  overview: z.string().nullable(),
  contentHowItWorks: z.string().nullable(),
  contentConfigure: z.string().nullable(),
  screenshots: z.array(z.string()),
  websiteUrl: z.string().nullable(),
  documentationUrl: z.string().nullable(),
  supportUrl: z.string().nullable(),
  termsUrl: z.string().nullable(),
} satisfies Record<keyof AppListing, z.ZodType>

const developer = z.object({ slug: z.string(), title: z.string(), logoUrl: z.string().nullable() })

const catalogDeploymentSchema: z.ZodType<CatalogDeployment> = z
  .object({
    id: z.string(),
    version: z.string(),
    deploymentType: z.enum(['development', 'production']),
    publishedAt: time.nullable(),
    releaseNotes: z.string().nullable(),
    scopes,
    egress,
    surfaces,
    settings: z.object({ organization: settingsSchema, user: settingsSchema }),
  })
  .openapi('CatalogDeployment')

const summaryFields = {
  id: z.string(),
  appId: z.string(),
  deploymentId: z.string(),
  version: z.string(),
  status: z.enum(['active', 'uninstalled']),
  needsConfiguration: z.boolean(),
}

const summarySchema: z.ZodType<InstallationSummary> = z.object(summaryFields).openapi('InstallationSummary')

export const catalogAppSchema: z.ZodType<CatalogApp> = z
  .object({
    id: z.string(),
    slug: z.string(),
    ...listingResponse,
    verified: z.boolean(),
    developer,
    deployment: catalogDeploymentSchema,
    installation: summarySchema.nullable(),
  })
  .openapi('CatalogApp')

export const installationSchema: z.ZodType<Installation> = z
  .object({
    ...summaryFields,
    app: z.object({
      slug: z.string(),
      title: z.string(),
      description: z.string(),
      avatarUrl: z.string().nullable(),
      developer,
    }),
    grantedScopes: z.array(z.string()),
    installedAt: time,
    installedBy: z.string(),
    uninstalledAt: time.nullable(),
    update: z.object({ deployment: catalogDeploymentSchema, newScopes: scopes, newEgress: egress }).nullable(),
    rollback: z.object({ deploymentId: z.string(), version: z.string() }).nullable(),
  })
  .openapi('Installation')

export const installationEventSchema: z.ZodType<InstallationEvent> = z
  .object({
    id: z.string(),
    type: z.enum(['installed', 'upgraded', 'rolled-back', 'uninstalled', 'reinstalled']),
    fromVersion: z.string().nullable(),
    toVersion: z.string().nullable(),
    actorId: z.string(),
    createdAt: time,
  })
  .openapi('InstallationEvent')

export const settingsResponseSchema: z.ZodType<SettingsResponse> = z
  .object({ schema: settingsSchema, values: valuesSchema, secretsSet: z.array(z.string()) })
  .openapi('Settings')

export const extensionSchema: z.ZodType<ActiveExtension> = z
  .object({
    appId: z.string(),
    appInstallationId: z.string(),
    deploymentId: z.string(),
    slug: z.string(),
    title: z.string(),
    avatarUrl: z.string().nullable(),
    version: z.string(),
    isolation: z.enum(['origin', 'opaque']),
    frameUrl: z.string(),
    surfaces,
    grantedScopes: z.array(z.string()),
    settings: z.object({ organization: valuesSchema, user: valuesSchema }),
    needsConfiguration: z.boolean(),
  })
  .openapi('ActiveExtension')

export const functionCallSchema: z.ZodType<FunctionCallResponse> = z
  .object({ result: z.string(), traceId: z.string(), durationMs: z.number() })
  .openapi('FunctionCallResult')

export const functionCallLogSchema: z.ZodType<FunctionCallLog> = z
  .object({
    id: z.string(),
    functionId: z.string(),
    deploymentId: z.string(),
    userId: z.string(),
    outcome: z.enum(['ok', 'error']),
    errorCode: z.string().nullable(),
    durationMs: z.number(),
    logs: z.array(z.object({ level: z.string(), message: z.string() })),
    createdAt: time,
  })
  .openapi('FunctionCallLog')

export const accountSchema: z.ZodType<DeveloperAccount> = z
  .object({ id: z.string(), slug: z.string(), title: z.string(), logoUrl: z.string().nullable() })
  .openapi('DeveloperAccount')

export const apiKeySchema: z.ZodType<ApiKeyInfo> = z
  .object({ id: z.string(), name: z.string(), createdAt: time, revokedAt: time.nullable() })
  .openapi('ApiKey')

export const newApiKeySchema = z.object({ id: z.string(), name: z.string(), key: z.string() }).openapi('NewApiKey')

export const developerAppSchema: z.ZodType<DeveloperApp> = z
  .object({
    id: z.string(),
    slug: z.string(),
    developerAccountId: z.string(),
    ...listingResponse,
    publicationStatus: z.enum(['draft', 'published']),
    reviewStatus: status.nullable(),
    verified: z.boolean(),
    autoApprove: z.boolean(),
  })
  .openapi('DeveloperApp')

export const bundleSchema: z.ZodType<BundleInfo> = z
  .object({ id: z.string(), sha256: z.string(), sizeBytes: z.number() })
  .openapi('Bundle')

export const deploymentSchema: z.ZodType<Deployment> = z
  .object({
    id: z.string(),
    appId: z.string(),
    deploymentType: z.enum(['development', 'production']),
    version: z.string(),
    status,
    clientBundleId: z.string().nullable(),
    serverBundleId: z.string().nullable(),
    manifest: manifestSchema,
    targetOrganizationId: z.string().nullable(),
    releaseNotes: z.string().nullable(),
    rejectionReason: z.string().nullable(),
    createdAt: time,
    createdBy: z.string(),
    reviewedAt: time.nullable(),
    publishedAt: time.nullable(),
  })
  .openapi('Deployment')

export const checkSchema: z.ZodType<PublishCheck> = z
  .object({
    code: z.string(),
    field: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    fix: z.string(),
  })
  .openapi('PublishCheck')

export const reviewItemSchema: z.ZodType<ReviewItem> = z
  .object({ deployment: deploymentSchema, app: developerAppSchema, checks: z.array(checkSchema) })
  .openapi('ReviewItem')

export const problemSchema: z.ZodType<Problem> = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).exactOptional(),
    retryAfterSeconds: z.number().exactOptional(),
    traceId: z.string().exactOptional(),
    checks: z.array(checkSchema).exactOptional(),
  })
  .openapi('Problem')
