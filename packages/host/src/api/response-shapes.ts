import { anyOf, flag, list, nullable, number, object, oneOf, optional, recordOf, type Shape, text } from './shape'

/** What each answer of the API must look like before this package trusts it. */

const scope = object({ id: text, purpose: text })
const egress = object({ host: text, purpose: text })
const developer = object({ slug: text, title: text, logoUrl: nullable(text) })
const surface = object({
  kind: text,
  id: text,
  label: text,
  description: optional(text),
  icon: optional(text),
  recordTypes: optional(list(text)),
  expressions: optional(list(text)),
})
const settingsValues = recordOf(anyOf(text, number, flag))

const settingBase = object({ type: text, label: text, description: optional(text), optional: optional(flag) })

// A struct nests, so the shape refers to itself.
const settingsSchema: Shape = (value, at) => recordOf(setting)(value, at)
const setting: Shape = (value, at) => settingBase(value, at) ?? object({ fields: optional(settingsSchema) })(value, at)

const deployment = object({
  id: text,
  version: text,
  deploymentType: text,
  publishedAt: nullable(text),
  releaseNotes: nullable(text),
  scopes: list(scope),
  egress: list(egress),
  surfaces: list(surface),
  settings: object({ organization: settingsSchema, user: settingsSchema }),
})

const installationFields = {
  id: text,
  appId: text,
  deploymentId: text,
  version: text,
  status: oneOf('active', 'uninstalled'),
  needsConfiguration: flag,
}

export const installation = object({
  ...installationFields,
  app: object({ slug: text, title: text, description: text, avatarUrl: nullable(text), developer }),
  grantedScopes: list(text),
  installedAt: text,
  installedBy: text,
  uninstalledAt: nullable(text),
  update: nullable(object({ deployment, newScopes: list(scope), newEgress: list(egress) })),
  rollback: nullable(object({ deploymentId: text, version: text })),
})

export const catalogApp = object({
  id: text,
  slug: text,
  title: text,
  description: text,
  category: nullable(text),
  avatarUrl: nullable(text),
  overview: nullable(text),
  contentHowItWorks: nullable(text),
  contentConfigure: nullable(text),
  screenshots: list(text),
  websiteUrl: nullable(text),
  documentationUrl: nullable(text),
  supportUrl: nullable(text),
  termsUrl: nullable(text),
  verified: flag,
  developer,
  deployment,
  installation: nullable(object(installationFields)),
})

export const activeExtension = object({
  appId: text,
  appInstallationId: text,
  deploymentId: text,
  slug: text,
  title: text,
  avatarUrl: nullable(text),
  version: text,
  isolation: oneOf('origin', 'opaque'),
  frameUrl: text,
  surfaces: list(surface),
  grantedScopes: list(text),
  settings: object({ organization: settingsValues, user: settingsValues }),
  needsConfiguration: flag,
})

export const me = object({ userId: text, organizationId: text, role: oneOf('admin', 'member'), reviewer: flag })

export const installationEvent = object({
  id: text,
  type: text,
  fromVersion: nullable(text),
  toVersion: nullable(text),
  actorId: text,
  createdAt: text,
})

export const settingsResponse = object({ schema: settingsSchema, values: settingsValues, secretsSet: list(text) })

export const functionCallResponse = object({ result: text, traceId: text, durationMs: number })

export const publishCheck = object({
  code: text,
  field: text,
  severity: oneOf('error', 'warning'),
  message: text,
  fix: text,
})

export const itemsOf = (item: Shape): Shape => object({ items: list(item) })

export const pageOf = (item: Shape): Shape => object({ items: list(item), nextCursor: nullable(text) })
