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

/** Why a rollout ended: too many calls failed, or its developer ended it. */
export const ROLLOUT_HALT_CODES = ['ERROR_BUDGET_EXCEEDED', 'HALTED_BY_DEVELOPER'] as const

export type RolloutHaltCode = (typeof ROLLOUT_HALT_CODES)[number]

/** By title, by how many organizations have it, or by when it was created. */
export const CATALOG_SORTS = ['title', 'installs', 'newest'] as const

export type CatalogSort = (typeof CATALOG_SORTS)[number]

const DEPLOYMENT_TYPES = ['development', 'production'] as const

export type DeploymentType = (typeof DEPLOYMENT_TYPES)[number]

export const DEVELOPER_ROLES = ['owner', 'admin', 'member'] as const

/** What an API key may do: look, build up (deploy, submit), and decide what is public. */
export const API_KEY_SCOPES = ['read', 'deploy', 'publish'] as const

export type ApiKeyScope = (typeof API_KEY_SCOPES)[number]

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
    tags: { list: 'text' },
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
  optional: {
    /** The accounts it works with, and whether its code may read their credentials. */
    connections: {
      list: {
        fields: { id: 'text', label: 'text', scope: ['organization', 'user'], revealed: 'flag' },
        /** Where the platform itself sends the credential; with variables in braces. */
        optional: { hosts: { list: 'text' } },
      },
    },
    /** What it can do for whoever the product lets ask. */
    tools: { list: { fields: { id: 'text', title: 'text', description: 'text' } } },
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
    /** In how many organizations it is installed. */
    installCount: 'number',
    developer,
    /** The version an install would get: the published one, or a development deployment aimed at this organization. */
    deployment: catalogDeploymentShape,
    installation: { nullable: installationSummaryShape },
  },
} as const satisfies ObjectShape

export type CatalogApp = Infer<typeof catalogAppShape>

/** One version in the changelog of an app. */
export const catalogVersionShape = {
  name: 'CatalogVersion',
  fields: { id: 'text', version: 'text', publishedAt: 'time', releaseNotes: { nullable: 'text' } },
} as const satisfies ObjectShape

export type CatalogVersion = Infer<typeof catalogVersionShape>

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

/** A tool of an installed app, for whoever the product lets ask: an agent, a workflow, a person. */
export const toolShape = {
  name: 'Tool',
  fields: {
    appInstallationId: 'text',
    appId: 'text',
    appTitle: 'text',
    id: 'text',
    title: 'text',
    description: 'text',
    /** JSON schemas of objects. */
    inputs: 'json',
    outputs: 'json',
    idempotent: 'flag',
    /** A required organization setting has no value yet. */
    needsConfiguration: 'flag',
    requiresConnection: 'flag',
  },
  optional: {
    icon: 'text',
    exampleOutput: 'json',
    /** For agents. */
    agent: {
      fields: { toolsetSlug: 'text', toolsetName: 'text' },
      optional: { summary: 'text', toolsetDescription: 'text' },
    },
    /** For people. */
    action: {
      fields: { label: 'text', requiresConfirmation: 'flag' },
      optional: { description: 'text', color: 'text', surface: 'text', confirmationMessage: 'text' },
    },
  },
} as const satisfies ObjectShape

export type OfferedTool = Infer<typeof toolShape>

export const toolCallShape = {
  name: 'ToolCallResult',
  fields: {
    /** It fits the `outputs` of the tool. */
    output: { record: 'json' },
    traceId: 'text',
    durationMs: 'number',
  },
} as const satisfies ObjectShape

export type ToolCallResponse = Infer<typeof toolCallShape>

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
    /** What the user was shown. */
    traceId: 'text',
    argumentBytes: 'number',
    resultBytes: 'number',
  },
} as const satisfies ObjectShape

export type FunctionCallLog = Infer<typeof functionCallLogShape>

/** A call of a server function as the developer of the app sees it: without the user. */
export const appCallLogShape = {
  name: 'AppCallLog',
  fields: {
    id: 'text',
    organizationId: 'text',
    installationId: 'text',
    deploymentId: 'text',
    functionId: 'text',
    outcome: ['ok', 'error'],
    errorCode: { nullable: 'text' },
    durationMs: 'number',
    logs: { list: { fields: { level: 'text', message: 'text' } } },
    createdAt: 'time',
    traceId: 'text',
    argumentBytes: 'number',
    resultBytes: 'number',
  },
} as const satisfies ObjectShape

export type AppCallLog = Infer<typeof appCallLogShape>

export const followedCallsShape = {
  name: 'FollowedCalls',
  fields: {
    /** The oldest first. Calls of the last seconds come again: leave out the ids that were seen. */
    items: { list: appCallLogShape },
    /** Always there: pass it to go on, also when nothing is new. */
    cursor: 'text',
  },
} as const satisfies ObjectShape

export type FollowedCallsResponse = Infer<typeof followedCallsShape>

const input = {
  list: {
    fields: { name: 'text', label: 'text' },
    optional: { description: 'text', placeholder: 'text', secret: 'flag', optional: 'flag' },
  },
} as const

/** What may be connected, and whether this user may do it. */
export const connectableShape = {
  name: 'ConnectionDefinition',
  fields: {
    id: 'text',
    type: ['oauth2-code', 'secret', 'none'],
    label: 'text',
    description: { nullable: 'text' },
    scope: ['organization', 'user'],
    multiple: 'flag',
    variables: input,
    fields: input,
    /** Where the credential is sent; with variables in braces. */
    hosts: { list: 'text' },
    /** Code of the app may read the credential. */
    revealed: 'flag',
    /** What is needed beside a person is there: an OAuth client is registered. */
    ready: 'flag',
    mayConnect: 'flag',
  },
} as const satisfies ObjectShape

export type Connectable = Infer<typeof connectableShape>

export const connectionShape = {
  name: 'Connection',
  fields: {
    id: 'text',
    definitionId: 'text',
    scope: ['organization', 'user'],
    label: 'text',
    status: ['active', 'expired'],
    variables: { record: 'text' },
    expiresAt: { nullable: 'time' },
    connectedBy: 'text',
    createdAt: 'time',
    updatedAt: 'time',
  },
} as const satisfies ObjectShape

export type ConnectionInfo = Infer<typeof connectionShape>

export const connectionsShape = {
  name: 'Connections',
  fields: { definitions: { list: connectableShape }, connections: { list: connectionShape } },
} as const satisfies ObjectShape

export type ConnectionsResponse = Infer<typeof connectionsShape>

/** Either it is connected, or the person has to go to the service first. */
export const connectShape = {
  name: 'ConnectResult',
  fields: { connection: { nullable: connectionShape }, authorizationUrl: { nullable: 'text' } },
} as const satisfies ObjectShape

export type ConnectResponse = Infer<typeof connectShape>

export const oauthClientShape = {
  name: 'OAuthClient',
  fields: { definitionId: 'text', clientId: 'text', hasSecret: 'flag', updatedAt: 'time' },
} as const satisfies ObjectShape

export type OAuthClientInfo = Infer<typeof oauthClientShape>

export const developerAccountShape = {
  name: 'DeveloperAccount',
  fields: { id: 'text', slug: 'text', title: 'text', logoUrl: { nullable: 'text' } },
} as const satisfies ObjectShape

export type DeveloperAccount = Infer<typeof developerAccountShape>

export const developerMemberShape = {
  name: 'DeveloperMember',
  fields: { userId: 'text', role: DEVELOPER_ROLES, joinedAt: 'time' },
} as const satisfies ObjectShape

export type DeveloperMember = Infer<typeof developerMemberShape>

export const invitationShape = {
  name: 'Invitation',
  fields: {
    id: 'text',
    /** Who is invited: one of the two is null. */
    email: { nullable: 'text' },
    userId: { nullable: 'text' },
    role: DEVELOPER_ROLES,
    status: ['pending', 'accepted', 'declined', 'revoked', 'expired'],
    invitedBy: 'text',
    createdAt: 'time',
    expiresAt: 'time',
    answeredBy: { nullable: 'text' },
    answeredAt: { nullable: 'time' },
  },
} as const satisfies ObjectShape

export type Invitation = Infer<typeof invitationShape>

export const newInvitationShape = {
  name: 'NewInvitation',
  base: invitationShape,
  /** The token is shown this once. Bring it to who is invited, in a link into the product. */
  fields: { token: 'text' },
} as const satisfies ObjectShape

export type NewInvitation = Infer<typeof newInvitationShape>

/** An invitation as the one who is invited sees it. */
export const receivedInvitationShape = {
  name: 'ReceivedInvitation',
  fields: {
    account: { fields: { id: 'text', slug: 'text', title: 'text', logoUrl: { nullable: 'text' } } },
    role: DEVELOPER_ROLES,
    invitedBy: 'text',
    status: ['pending', 'accepted', 'declined', 'revoked', 'expired'],
    expiresAt: 'time',
  },
} as const satisfies ObjectShape

export type ReceivedInvitation = Infer<typeof receivedInvitationShape>

/** A command line that waits for its person, as the person sees it. */
export const deviceLoginShape = {
  name: 'DeviceLogin',
  fields: {
    name: 'text',
    scopes: { list: API_KEY_SCOPES },
    status: ['pending', 'approved', 'denied'],
    createdAt: 'time',
    expiresAt: 'time',
    /** How long the key of an approved login is valid. */
    keyDays: 'number',
  },
} as const satisfies ObjectShape

export type DeviceLogin = Infer<typeof deviceLoginShape>

/** RFC 8628, 3.2. */
export const deviceCodeShape = {
  name: 'DeviceCode',
  fields: {
    device_code: 'text',
    user_code: 'text',
    verification_uri: 'text',
    verification_uri_complete: 'text',
    expires_in: 'number',
    interval: 'number',
  },
} as const satisfies ObjectShape

export type DeviceCode = Infer<typeof deviceCodeShape>

/** RFC 6749, 5.1. */
export const deviceTokenShape = {
  name: 'DeviceToken',
  fields: { access_token: 'text', token_type: ['Bearer'], expires_in: 'number', scope: 'text' },
} as const satisfies ObjectShape

export type DeviceToken = Infer<typeof deviceTokenShape>

export const revokedTokenShape = { name: 'RevokedToken', fields: {} } as const satisfies ObjectShape

export const apiKeyShape = {
  name: 'ApiKey',
  fields: {
    id: 'text',
    developerAccountId: 'text',
    /** The person it acts for. */
    userId: 'text',
    name: 'text',
    scopes: { list: API_KEY_SCOPES },
    createdAt: 'time',
    expiresAt: { nullable: 'time' },
    revokedAt: { nullable: 'time' },
  },
} as const satisfies ObjectShape

export type ApiKeyInfo = Infer<typeof apiKeyShape>

export const newApiKeyShape = {
  name: 'NewApiKey',
  /** The key is shown this once. */
  fields: { id: 'text', name: 'text', key: 'text', expiresAt: { nullable: 'time' } },
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
    /** How far a published version has come; null before it is published. */
    rollout: {
      nullable: {
        fields: {
          /** Of a hundred stable installations, how many it reaches on its own. */
          percent: 'number',
          status: ['rolling', 'complete', 'halted'],
          haltCode: { nullable: ROLLOUT_HALT_CODES },
          haltedAt: { nullable: 'time' },
        },
      },
    },
  },
} as const satisfies ObjectShape

export type Deployment = Infer<typeof deploymentShape>

const usedBundle = { nullable: { fields: { sha256: 'text', sizeBytes: 'number' } } } as const

/** One deployment with what its code weighs. */
export const deploymentDetailShape = {
  name: 'DeploymentDetail',
  base: deploymentShape,
  fields: { bundles: { fields: { client: usedBundle, server: usedBundle } } },
} as const satisfies ObjectShape

export type DeploymentDetail = Infer<typeof deploymentDetailShape>

/** A rollout with what is counted of it. */
export const rolloutShape = {
  name: 'Rollout',
  fields: {
    deployment: deploymentShape,
    /** The stable installations at the version. */
    installations: 'number',
    /** Of server functions within the window. */
    calls: 'number',
    /** Of them, those that failed by the fault of the version. */
    failedCalls: 'number',
    /** When it is halted on its own. */
    budget: { fields: { windowMs: 'number', minCalls: 'number', maxFailedShare: 'number' } },
  },
} as const satisfies ObjectShape

export type Rollout = Infer<typeof rolloutShape>

/** Who did what to what, and what it changed. Secrets are never in it. */
export const auditEntryShape = {
  name: 'AuditEntry',
  fields: {
    id: 'text',
    actorId: 'text',
    action: 'text',
    resourceType: 'text',
    resourceId: 'text',
    /** The changed fields alone, with JSON values. */
    changes: { record: { fields: { before: 'json', after: 'json' } } },
    createdAt: 'time',
  },
} as const satisfies ObjectShape

export type AuditEntry = Infer<typeof auditEntryShape>

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

/** All that a reviewer decides by. */
export const reviewShape = {
  name: 'Review',
  fields: {
    deployment: deploymentDetailShape,
    /** What everybody is offered now; null before the first version. */
    previous: { nullable: deploymentDetailShape },
    app: developerAppShape,
    developer,
    checks: { list: publishCheckShape },
  },
} as const satisfies ObjectShape

export type Review = Infer<typeof reviewShape>

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
    /** What else is known, such as which connection expired. */
    details: { record: 'setting-value' },
    /** For OAuth clients: the code of RFC 6749 or RFC 8628. */
    error: 'text',
    error_description: 'text',
  },
} as const satisfies ObjectShape

export type Problem = Infer<typeof problemShape> & WireError

/** The shape of a list of them. */
export const listShape = <const S extends Shape>(item: S) => ({ fields: { items: { list: item } } }) as const

/** The shape of one page of them. */
export const pageShape = <const S extends Shape>(item: S) =>
  ({ fields: { items: { list: item }, nextCursor: { nullable: 'text' } } }) as const

/**
 * The lines of a result that is streamed. A part is as `encodeValue` wrote it; the last line is `end` or `error`, without which the answer
 * was cut off.
 */
export const PART_LINE_SHAPES = [
  { name: 'Part', fields: { part: 'text' } },
  { name: 'PartsEnd', fields: { end: 'flag' } },
  { name: 'PartsError', fields: { error: problemShape } },
] as const satisfies readonly ObjectShape[]

export type PartLine = Infer<(typeof PART_LINE_SHAPES)[number]>
