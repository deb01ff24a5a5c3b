import type {
  ApiKeyRecord,
  AppListingPatch,
  AppRecord,
  AppValueRecord,
  AuditRecord,
  BundleRecord,
  ConnectionRecord,
  DeploymentRecord,
  DeveloperAccountRecord,
  DeviceLoginRecord,
  FunctionCallRecord,
  InstallationEventRecord,
  InstallationRecord,
  InvitationRecord,
  OAuthClientRecord,
  OAuthStateRecord,
  SettingRecord,
  WebhookHandlerRecord,
} from '@souk/server-adapter/storage'
import { API_KEY_SCOPES, DEPLOYMENT_STATUSES, isRecord, ROLLOUT_HALT_CODES } from '@souk/server-adapter/storage'
import { boolean, json, manifest, nullable, number, oneOf, someOf, text, texts, time } from './columns'
import { type Columns, defineTable } from './table'

const status = oneOf(...DEPLOYMENT_STATUSES)

export const ACCOUNT = defineTable<DeveloperAccountRecord>('developer_account', {
  id: text,
  slug: text,
  title: text,
  logoUrl: nullable(text),
  featureFlags: texts,
  createdAt: time,
})

export const ROLE = oneOf('owner', 'admin', 'member')

export const INVITATION = defineTable<InvitationRecord>('developer_invitation', {
  id: text,
  developerAccountId: text,
  email: nullable(text),
  userId: nullable(text),
  role: ROLE,
  tokenHash: text,
  invitedBy: text,
  createdAt: time,
  expiresAt: time,
  status: oneOf('pending', 'accepted', 'declined', 'revoked'),
  answeredBy: nullable(text),
  answeredAt: nullable(time),
})

const scopes = someOf(...API_KEY_SCOPES)

export const API_KEY = defineTable<ApiKeyRecord>('api_key', {
  id: text,
  developerAccountId: text,
  userId: text,
  name: text,
  scopes,
  keyHash: text,
  createdAt: time,
  expiresAt: nullable(time),
  revokedAt: nullable(time),
})

export const DEVICE_LOGIN = defineTable<DeviceLoginRecord>('device_login', {
  id: text,
  deviceCodeHash: text,
  userCodeHash: text,
  name: text,
  scopes,
  createdAt: time,
  expiresAt: time,
  status: oneOf('pending', 'approved', 'denied', 'used'),
  userId: nullable(text),
  developerAccountId: nullable(text),
  intervalSeconds: number,
  lastPolledAt: nullable(time),
})

type Listing = Pick<AppRecord, keyof AppListingPatch>

const listing = {
  title: text,
  description: text,
  category: nullable(text),
  tags: texts,
  avatarUrl: nullable(text),
  overview: nullable(text),
  contentHowItWorks: nullable(text),
  contentConfigure: nullable(text),
  screenshots: texts,
  websiteUrl: nullable(text),
  documentationUrl: nullable(text),
  supportUrl: nullable(text),
  termsUrl: nullable(text),
} satisfies Columns<Listing>

/** The columns of an app that its developer edits. */
export const LISTING = defineTable<Listing>('app', listing)

export const APP = defineTable<AppRecord>('app', {
  id: text,
  slug: text,
  developerAccountId: text,
  ...listing,
  publicationStatus: oneOf('draft', 'published'),
  reviewStatus: nullable(status),
  hasBundle: boolean,
  autoApprove: boolean,
  verified: boolean,
  installCount: number,
  createdAt: time,
})

export const BUNDLE = defineTable<BundleRecord>('app_bundle', {
  id: text,
  appId: text,
  bundleType: oneOf('client', 'server'),
  sha256: text,
  sizeBytes: number,
  createdAt: time,
})

export const DEPLOYMENT = defineTable<DeploymentRecord>('app_deployment', {
  id: text,
  appId: text,
  deploymentType: oneOf('development', 'production'),
  version: text,
  clientBundleId: nullable(text),
  serverBundleId: nullable(text),
  manifest,
  targetOrganizationId: nullable(text),
  status,
  releaseNotes: nullable(text),
  createdBy: text,
  createdAt: time,
  reviewedBy: nullable(text),
  reviewedAt: nullable(time),
  rejectionReason: nullable(text),
  publishedAt: nullable(time),
  rolloutPercent: number,
  rolloutSince: nullable(time),
  rolloutHaltedAt: nullable(time),
  rolloutHaltCode: nullable(oneOf(...ROLLOUT_HALT_CODES)),
})

export const INSTALLATION = defineTable<InstallationRecord>('app_installation', {
  id: text,
  appId: text,
  organizationId: text,
  currentDeploymentId: text,
  grantedScopes: texts,
  grantedEgress: texts,
  installedBy: text,
  installedAt: time,
  uninstalledAt: nullable(time),
  channel: oneOf('stable', 'pinned', 'development'),
})

export const EVENT = defineTable<InstallationEventRecord>('installation_event', {
  id: text,
  installationId: text,
  type: oneOf(
    'installed',
    'upgraded',
    'rolled-back',
    'uninstalled',
    'reinstalled',
    'rolled-forward',
    'channel-changed',
  ),
  fromDeploymentId: nullable(text),
  toDeploymentId: nullable(text),
  grantedScopes: texts,
  grantedEgress: texts,
  actorId: text,
  createdAt: time,
})

export const SETTING = defineTable<SettingRecord>('app_setting', {
  installationId: text,
  userId: nullable(text),
  key: text,
  value: json((value) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
    throw 'a text, a number or true or false'
  }),
  secret: boolean,
})

export const FUNCTION_CALL = defineTable<FunctionCallRecord>('function_call', {
  id: text,
  installationId: text,
  deploymentId: text,
  organizationId: text,
  functionId: text,
  userId: text,
  outcome: oneOf('ok', 'error'),
  errorCode: nullable(text),
  durationMs: number,
  logs: json<FunctionCallRecord['logs']>((value) => {
    if (!Array.isArray(value) || !value.every(isLogLine)) throw 'an array of log lines'
    return value
  }),
  createdAt: time,
  traceId: text,
  argumentBytes: number,
  resultBytes: number,
})

const isLogLine = (line: unknown): line is { level: string; message: string } =>
  isRecord(line) && typeof line.level === 'string' && typeof line.message === 'string'

const isFieldChange = (change: unknown): boolean => isRecord(change) && 'before' in change && 'after' in change

export const AUDIT = defineTable<AuditRecord>('audit_entry', {
  id: text,
  organizationId: nullable(text),
  developerAccountId: nullable(text),
  actorId: text,
  action: text,
  resourceType: text,
  resourceId: text,
  changes: json<AuditRecord['changes']>((value) => {
    if (!isRecord(value) || !Object.values(value).every(isFieldChange)) throw 'changes of fields'
    // Each was just looked at.
    return value as AuditRecord['changes']
  }),
  createdAt: time,
})

export const CONNECTION = defineTable<ConnectionRecord>('connection', {
  id: text,
  installationId: text,
  organizationId: text,
  definitionId: text,
  userId: nullable(text),
  slot: text,
  label: text,
  status: oneOf('active', 'expired'),
  variables: json<ConnectionRecord['variables']>((value) => {
    if (!isRecord(value) || !Object.values(value).every((item) => typeof item === 'string')) throw 'texts by name'
    // Each was just shown to be a text.
    return value as Readonly<Record<string, string>>
  }),
  sealed: text,
  expiresAt: nullable(time),
  revision: number,
  createdBy: text,
  createdAt: time,
  updatedAt: time,
})

export const OAUTH_STATE = defineTable<OAuthStateRecord>('oauth_state', {
  stateHash: text,
  installationId: text,
  organizationId: text,
  userId: text,
  definitionId: text,
  connectionId: nullable(text),
  sealed: text,
  returnTo: nullable(text),
  expiresAt: time,
})

export const OAUTH_CLIENT = defineTable<OAuthClientRecord>('oauth_client', {
  appId: text,
  definitionId: text,
  clientId: text,
  sealedSecret: nullable(text),
  updatedAt: time,
})

export const APP_VALUE = defineTable<AppValueRecord>('app_value', {
  installationId: text,
  connectionId: text,
  collection: text,
  key: text,
  value: text,
  expiresAt: nullable(time),
})

export const WEBHOOK_HANDLER = defineTable<WebhookHandlerRecord>('app_webhook_handler', {
  id: text,
  tokenHash: text,
  installationId: text,
  organizationId: text,
  handlerId: text,
  connectionId: nullable(text),
  triggerId: nullable(text),
  workflowId: nullable(text),
  externalWebhookId: nullable(text),
  sealed: text,
  isActive: boolean,
  createdAt: time,
  updatedAt: time,
})
