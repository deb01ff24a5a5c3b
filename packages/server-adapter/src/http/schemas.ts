import { z } from '@hono/zod-openapi'
import { API_KEY_SCOPES, CATALOG_SORTS, DEVELOPER_ROLES, isSlug, SLUG } from '@souk/extension-sdk/protocol'
import { isId } from '../crypto/create-id'
import { isSha256 } from '../crypto/hash'
import { CLI_CLIENT_ID } from '../services/device-logins'
import { isStorableText } from '../services/storable-text'

/** What arrives. Every text has a longest length; every object refuses keys it does not know. */

const text = (max: number, min = 0) => z.string().min(min).max(max)

const isLink = (value: string): boolean => URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol)

const DATA_IMAGE = /^data:image\/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/

const link = text(2000).refine(isLink, 'Must be a web address, such as https://example.com/docs.')
const image = text(200_000).refine(
  (value) => (value.length <= 2000 && isLink(value)) || DATA_IMAGE.test(value),
  'Must be a web address or a data URL of a PNG, JPEG, WebP or SVG image.',
)

export const idSchema = z.string().refine(isId, 'Must be an id.').openapi({ pattern: '^[a-z2-7]{26}$' })
export const slugSchema = z
  .string()
  .refine(isSlug, 'Must be a slug, such as order-lookup.')
  .openapi({ pattern: SLUG.source, maxLength: 60 })
export const sha256Schema = z
  .string()
  .refine(isSha256, 'Must be a SHA-256 in lower-case hex.')
  .openapi({ pattern: '^[0-9a-f]{64}$' })
export const idParams = z.object({ id: idSchema })
export const slugParams = z.object({ slug: slugSchema })

export const pageQuery = z.object({
  cursor: text(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

/** One word that an app is found by: lower case, digits, hyphens. */
const tag = text(30, 1).regex(
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  'Lower-case letters, digits and hyphens, such as live-chat.',
)

export const catalogQuery = pageQuery.extend({
  search: text(200).optional(),
  category: text(60).optional(),
  tag: tag.optional(),
  sort: z.enum(CATALOG_SORTS).optional(),
})

const moment = z.iso.datetime().transform((value) => new Date(value))

export const auditQuery = pageQuery.extend({
  actorId: text(200).optional(),
  action: text(60).optional(),
  resourceId: text(200).optional(),
  since: moment.optional(),
  until: moment.optional(),
})

export const emptyBody = z.strictObject({})

const listingFields = {
  title: text(120, 1),
  description: text(4000),
  category: text(60).nullable(),
  tags: z
    .array(tag)
    .max(10)
    .refine((tags) => new Set(tags).size === tags.length, 'Each tag once.'),
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

const userId = text(200, 1).refine(isStorableText, 'Must be well-formed text without NUL.')
const role = z.enum(DEVELOPER_ROLES)

export const memberParams = z.object({ id: idSchema, userId })
export const invitationParams = z.object({ id: idSchema, invitationId: idSchema })
export const ownKeyParams = z.object({ keyId: idSchema })
export const roleBody = z.strictObject({ role })
export const inviteBody = z.strictObject({
  email: z.email().max(254).optional(),
  userId: userId.optional(),
  role,
  expiresInDays: z.number().int().min(1).max(30).optional(),
})
export const tokenBody = z.strictObject({ token: text(200, 1) })

const userCode = text(40, 1)
export const userCodeBody = z.strictObject({ userCode })
export const approveLoginBody = z.strictObject({ userCode, developerAccountId: idSchema })

const clientId = z.literal(CLI_CLIENT_ID)
const isScopes = (value: string): boolean =>
  value.split(' ').every((scope) => scope === '' || API_KEY_SCOPES.some((known) => known === scope))

// OAuth wants unknown parameters ignored (RFC 6749, 3.1), so that these objects are not strict.
export const deviceForm = z.object({
  client_id: clientId,
  scope: text(200)
    .refine(isScopes, `Must be some of ${API_KEY_SCOPES.join(' ')}.`)
    .optional(),
  name: text(120, 1).optional(),
})
export const deviceTokenForm = z.object({
  grant_type: text(200, 1),
  device_code: text(200, 1),
  client_id: clientId,
})
export const revokeForm = z.object({ token: text(500, 1), token_type_hint: text(100).optional() })

export const createKeyBody = z.strictObject({
  name: text(120, 1),
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).max(API_KEY_SCOPES.length).optional(),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
})

export const createAppBody = listingBody.extend({ developerAccountId: idSchema, slug: slugSchema })

export const createDeploymentBody = z.strictObject({
  manifest: z.unknown(),
  clientSha256: sha256Schema.nullable(),
  serverSha256: sha256Schema.nullable(),
  releaseNotes: text(20_000).nullable().optional(),
  deploymentType: z.enum(['production', 'development']),
  targetOrganizationId: text(200, 1).nullable().optional(),
})

const percent = z.number().int().min(1).max(100)

export const publishBody = z.strictObject({ rolloutPercent: percent.optional() })
export const raiseBody = z.strictObject({ percent, resume: z.boolean().optional() })

export const rejectBody = z.strictObject({ reason: text(4000) })

export const trustBody = z.strictObject({ autoApprove: z.boolean().optional(), verified: z.boolean().optional() })

const consentFields = { grantedScopes: z.array(text(200)).max(200), grantedEgress: z.array(text(300)).max(200) }

const channel = z.enum(['stable', 'pinned'])

export const installBody = z.strictObject({
  appId: idSchema,
  deploymentId: idSchema,
  channel: channel.optional(),
  ...consentFields,
})
export const channelBody = z.strictObject({ channel })
export const upgradeBody = z.strictObject({ deploymentId: idSchema, ...consentFields })

export const settingsBody = z.strictObject({
  values: z.record(text(500), z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()])),
})

export const functionCallBody = z.strictObject({
  moduleHash: text(500, 1),
  args: z.string(),
  idempotencyKey: text(100, 1),
})

export const toolCallBody = z.strictObject({
  input: z.record(z.string().max(200), z.unknown()),
  idempotencyKey: text(100, 1),
})

export const toolCallParams = idParams.extend({ toolId: text(100, 1) })

export const functionCallQuery = pageQuery.extend({
  functionId: text(500).optional(),
  outcome: z.enum(['ok', 'error']).optional(),
  traceId: text(100).optional(),
})

const inputs = (max: number) => z.record(text(60), text(max))

export const connectBody = z.strictObject({
  definitionId: slugSchema,
  connectionId: idSchema.optional(),
  variables: inputs(63).optional(),
  fields: inputs(20_000).optional(),
  returnTo: text(2000).optional(),
})

export const connectionParams = z.object({ id: idSchema, connectionId: idSchema })

export const oauthClientParams = z.object({ slug: slugSchema, definition: slugSchema })

export const oauthClientBody = z.strictObject({
  clientId: text(500, 1),
  clientSecret: text(5000, 1).nullable().optional(),
})
