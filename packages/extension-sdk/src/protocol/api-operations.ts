/**
 * Every operation of the HTTP API: its method, its address and what it answers. The server mounts its routes from these, the host and the
 * CLI call through them, so that neither can speak of an address that the other does not have.
 */

import {
  type ApiKeyScope,
  type AppListing,
  activeExtensionShape,
  apiKeyShape,
  auditEntryShape,
  bundleShape,
  type CatalogSort,
  catalogAppShape,
  catalogVersionShape,
  connectionShape,
  connectionsShape,
  connectShape,
  type DEVELOPER_ROLES,
  type DeploymentType,
  deploymentDetailShape,
  deploymentShape,
  developerAccountShape,
  developerAppShape,
  developerMemberShape,
  deviceCodeShape,
  deviceLoginShape,
  deviceTokenShape,
  followedCallsShape,
  functionCallLogShape,
  functionCallShape,
  installationEventShape,
  installationShape,
  invitationShape,
  listShape,
  meShape,
  newApiKeyShape,
  newInvitationShape,
  oauthClientShape,
  pageShape,
  publishCheckShape,
  receivedInvitationShape,
  reviewItemShape,
  reviewShape,
  revokedTokenShape,
  rolloutShape,
  settingsShape,
  toolCallShape,
  toolShape,
} from './api'
import type { Infer, Shape } from './api-shape'
import type { CallFile } from './file-handle'

export type ApiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ApiOperation<Path extends string = string, Answer = unknown, Body = unknown, Query = unknown> {
  readonly method: ApiMethod
  /** Relative to the base path, with `{name}` for parameters. */
  readonly path: Path
  readonly answer: Shape
  /** Never there: it carries the types of what is sent and answered. */
  readonly types?: { readonly answer: Answer; readonly body: Body; readonly query: Query }
}

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** The parameters in a path: `{ id: string }` for `/installations/{id}`. */
export type PathParams<Path extends string> = { readonly [K in NamesIn<Path>]: string }

type NoQuery = Readonly<Record<never, never>>

interface Sends {
  readonly body?: unknown
  readonly query?: unknown
}

type BodyOf<S> = S extends { readonly body: infer B } ? B : undefined
type QueryOf<S> = S extends { readonly query: infer Q } ? Q : NoQuery

const operation =
  <S extends Sends = NoQuery>() =>
  <const Path extends string, const Answer extends Shape>(
    method: ApiMethod,
    path: Path,
    answer: Answer,
  ): ApiOperation<Path, Infer<Answer>, BodyOf<S>, QueryOf<S>> => ({ method, path, answer })

export interface PageQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface CatalogQuery extends PageQuery {
  readonly search?: string | undefined
  readonly category?: string | undefined
  readonly tag?: string | undefined
  readonly sort?: CatalogSort | undefined
}

/** Which entries of the audit log. Times are ISO 8601; `until` is exclusive. */
export interface AuditQuery extends PageQuery {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly resourceId?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}

/** What an admin agrees to. It has to cover everything the deployment asks for. */
export interface Consent {
  readonly deploymentId: string
  readonly grantedScopes: readonly string[]
  readonly grantedEgress: readonly string[]
}

export interface FunctionCall {
  /** `path#export`, as in the manifest. */
  readonly moduleHash: string
  /** The arguments as `encodeValue` wrote them. */
  readonly args: string
  readonly idempotencyKey: string
}

export interface FunctionCallWithFiles {
  readonly call: FunctionCall
  /** Each has to be named by a handle in the arguments. */
  readonly files: readonly CallFile[]
}

export interface ToolCall {
  /** It has to fit the `inputs` of the tool. */
  readonly input: Readonly<Record<string, unknown>>
  readonly idempotencyKey: string
}

export interface FunctionCallQuery extends PageQuery {
  readonly functionId?: string | undefined
  readonly outcome?: 'ok' | 'error' | undefined
  readonly traceId?: string | undefined
}

export interface ConnectInput {
  readonly definitionId: string
  /** The connection to renew. */
  readonly connectionId?: string | undefined
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** Of a connection of type `secret`. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** A path of the product to come back to. Without it, the person is told to close the window. */
  readonly returnTo?: string | undefined
}

/** `null` removes a value; a secret that is left out keeps the one it has. */
export type SettingsInput = Readonly<Record<string, string | number | boolean | null>>

export interface NewDeployment {
  readonly manifest: unknown
  readonly clientSha256: string | null
  readonly serverSha256: string | null
  readonly releaseNotes?: string | null
  readonly deploymentType: DeploymentType
  readonly targetOrganizationId?: string | null
}

export type DeveloperRole = (typeof DEVELOPER_ROLES)[number]

export interface NewMember {
  /** One of the two. */
  readonly email?: string | undefined
  readonly userId?: string | undefined
  readonly role: DeveloperRole
  /** 1 to 30; by default 7. */
  readonly expiresInDays?: number | undefined
}

type Nothing = Readonly<Record<string, never>>
type Paged = { readonly query: PageQuery }
type Sending<Body> = { readonly body: Body }

// Annotated as pure, so that a page carries only the operations that it calls.
export const getMe = /* @__PURE__ */ operation()('GET', '/me', meShape)
export const searchCatalog = /* @__PURE__ */ operation<{ readonly query: CatalogQuery }>()(
  'GET',
  '/catalog/apps',
  /* @__PURE__ */ pageShape(catalogAppShape),
)
export const getCatalogApp = /* @__PURE__ */ operation()('GET', '/catalog/apps/{slug}', catalogAppShape)
export const listCatalogVersions = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/catalog/apps/{slug}/versions',
  /* @__PURE__ */ pageShape(catalogVersionShape),
)
export const listExtensions = /* @__PURE__ */ operation()(
  'GET',
  '/extensions',
  /* @__PURE__ */ listShape(activeExtensionShape),
)
export const listInstallations = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/installations',
  /* @__PURE__ */ pageShape(installationShape),
)
export const install = /* @__PURE__ */ operation<
  Sending<Consent & { readonly appId: string; readonly channel?: 'stable' | 'pinned' | undefined }>
>()('POST', '/installations', installationShape)
export const getInstallation = /* @__PURE__ */ operation()('GET', '/installations/{id}', installationShape)
export const upgradeInstallation = /* @__PURE__ */ operation<Sending<Consent>>()(
  'POST',
  '/installations/{id}/upgrade',
  installationShape,
)
export const rollbackInstallation = /* @__PURE__ */ operation<Sending<Nothing>>()(
  'POST',
  '/installations/{id}/rollback',
  installationShape,
)
export const moveToChannel = /* @__PURE__ */ operation<Sending<{ readonly channel: 'stable' | 'pinned' }>>()(
  'POST',
  '/installations/{id}/channel',
  installationShape,
)
export const uninstall = /* @__PURE__ */ operation<Sending<Nothing>>()(
  'POST',
  '/installations/{id}/uninstall',
  installationShape,
)
export const listInstallationEvents = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/installations/{id}/events',
  /* @__PURE__ */ pageShape(installationEventShape),
)
export const readSettings = /* @__PURE__ */ operation()('GET', '/installations/{id}/settings/{scope}', settingsShape)
export const saveSettings = /* @__PURE__ */ operation<Sending<{ readonly values: SettingsInput }>>()(
  'PUT',
  '/installations/{id}/settings/{scope}',
  settingsShape,
)
export const callFunction = /* @__PURE__ */ operation<Sending<FunctionCall>>()(
  'POST',
  '/installations/{id}/functions',
  functionCallShape,
)
/** With files. Over HTTP the body is `multipart/form-data`: first the part `call` with the call as JSON, then each file in a part named by its handle. */
export const callFunctionWithFiles = /* @__PURE__ */ operation<Sending<FunctionCallWithFiles>>()(
  'POST',
  '/installations/{id}/functions/with-files',
  functionCallShape,
)
export const listTools = /* @__PURE__ */ operation()('GET', '/tools', /* @__PURE__ */ listShape(toolShape))
export const callTool = /* @__PURE__ */ operation<Sending<ToolCall>>()(
  'POST',
  '/installations/{id}/tools/{toolId}',
  toolCallShape,
)
export const listFunctionCalls = /* @__PURE__ */ operation<{ readonly query: FunctionCallQuery }>()(
  'GET',
  '/installations/{id}/logs',
  /* @__PURE__ */ pageShape(functionCallLogShape),
)
export const listConnections = /* @__PURE__ */ operation()('GET', '/installations/{id}/connections', connectionsShape)
export const connect = /* @__PURE__ */ operation<Sending<ConnectInput>>()(
  'POST',
  '/installations/{id}/connections',
  connectShape,
)
export const testConnection = /* @__PURE__ */ operation<Sending<Nothing>>()(
  'POST',
  '/installations/{id}/connections/{connectionId}/test',
  connectionShape,
)
export const disconnect = /* @__PURE__ */ operation()(
  'DELETE',
  '/installations/{id}/connections/{connectionId}',
  connectionShape,
)
export const followFunctionCalls = /* @__PURE__ */ operation<{ readonly query: FunctionCallQuery }>()(
  'GET',
  '/developer/apps/{slug}/logs',
  followedCallsShape,
)
export const listOAuthClients = /* @__PURE__ */ operation()(
  'GET',
  '/developer/apps/{slug}/oauth-clients',
  /* @__PURE__ */ listShape(oauthClientShape),
)
export const saveOAuthClient = /* @__PURE__ */ operation<
  Sending<{ readonly clientId: string; readonly clientSecret?: string | null | undefined }>
>()('PUT', '/developer/apps/{slug}/oauth-clients/{definition}', oauthClientShape)
export const removeOAuthClient = /* @__PURE__ */ operation()(
  'DELETE',
  '/developer/apps/{slug}/oauth-clients/{definition}',
  oauthClientShape,
)
export const listAuditEntries = /* @__PURE__ */ operation<{ readonly query: AuditQuery }>()(
  'GET',
  '/audit',
  /* @__PURE__ */ pageShape(auditEntryShape),
)
export const listAccountAudit = /* @__PURE__ */ operation<{ readonly query: AuditQuery }>()(
  'GET',
  '/developer/accounts/{id}/audit',
  /* @__PURE__ */ pageShape(auditEntryShape),
)
export const listPlatformAudit = /* @__PURE__ */ operation<{ readonly query: AuditQuery }>()(
  'GET',
  '/review/audit',
  /* @__PURE__ */ pageShape(auditEntryShape),
)
export const createDeveloperAccount = /* @__PURE__ */ operation<
  Sending<{ readonly slug: string; readonly title: string; readonly logoUrl?: string | null }>
>()('POST', '/developer/accounts', developerAccountShape)
export const listDeveloperAccounts = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/accounts',
  /* @__PURE__ */ pageShape(developerAccountShape),
)
export const listMembers = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/accounts/{id}/members',
  /* @__PURE__ */ pageShape(developerMemberShape),
)
export const changeMemberRole = /* @__PURE__ */ operation<Sending<{ readonly role: DeveloperRole }>>()(
  'PATCH',
  '/developer/accounts/{id}/members/{userId}',
  developerMemberShape,
)
export const removeMember = /* @__PURE__ */ operation()(
  'DELETE',
  '/developer/accounts/{id}/members/{userId}',
  developerMemberShape,
)
export const leaveAccount = /* @__PURE__ */ operation<Sending<Nothing>>()(
  'POST',
  '/developer/accounts/{id}/leave',
  developerMemberShape,
)
export const inviteMember = /* @__PURE__ */ operation<Sending<NewMember>>()(
  'POST',
  '/developer/accounts/{id}/invitations',
  newInvitationShape,
)
export const listInvitations = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/accounts/{id}/invitations',
  /* @__PURE__ */ pageShape(invitationShape),
)
export const revokeInvitation = /* @__PURE__ */ operation()(
  'DELETE',
  '/developer/accounts/{id}/invitations/{invitationId}',
  invitationShape,
)

type WithToken = Sending<{ readonly token: string }>

// A token stands in the body, never in an address, where logs would keep it.
export const readInvitation = /* @__PURE__ */ operation<WithToken>()(
  'POST',
  '/developer/invitations/read',
  receivedInvitationShape,
)
export const acceptInvitation = /* @__PURE__ */ operation<WithToken>()(
  'POST',
  '/developer/invitations/accept',
  receivedInvitationShape,
)
export const declineInvitation = /* @__PURE__ */ operation<WithToken>()(
  'POST',
  '/developer/invitations/decline',
  receivedInvitationShape,
)
export const listOwnKeys = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/keys',
  /* @__PURE__ */ pageShape(apiKeyShape),
)
export const revokeOwnKey = /* @__PURE__ */ operation()('DELETE', '/developer/keys/{keyId}', apiKeyShape)

type WithUserCode = Sending<{ readonly userCode: string }>

export const readDeviceLogin = /* @__PURE__ */ operation<WithUserCode>()(
  'POST',
  '/developer/device-logins/read',
  deviceLoginShape,
)
export const approveDeviceLogin = /* @__PURE__ */ operation<
  Sending<{ readonly userCode: string; readonly developerAccountId: string }>
>()('POST', '/developer/device-logins/approve', deviceLoginShape)
export const denyDeviceLogin = /* @__PURE__ */ operation<WithUserCode>()(
  'POST',
  '/developer/device-logins/deny',
  deviceLoginShape,
)
/** RFC 8628, 3.1. These three are sent as forms. */
export const startDeviceLogin = /* @__PURE__ */ operation<
  Sending<{ readonly client_id: string; readonly scope?: string | undefined; readonly name?: string | undefined }>
>()('POST', '/oauth/device', deviceCodeShape)
/** RFC 8628, 3.4. */
export const getDeviceToken = /* @__PURE__ */ operation<
  Sending<{ readonly grant_type: string; readonly device_code: string; readonly client_id: string }>
>()('POST', '/oauth/token', deviceTokenShape)
/** RFC 7009. */
export const revokeToken = /* @__PURE__ */ operation<
  Sending<{ readonly token: string; readonly token_type_hint?: string | undefined }>
>()('POST', '/oauth/revoke', revokedTokenShape)
export const createApiKey = /* @__PURE__ */ operation<
  Sending<{
    readonly name: string
    /** Default: all of them. */
    readonly scopes?: readonly ApiKeyScope[] | undefined
    /** Default: it does not end. */
    readonly expiresInDays?: number | undefined
  }>
>()('POST', '/developer/accounts/{id}/api-keys', newApiKeyShape)
export const listApiKeys = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/accounts/{id}/api-keys',
  /* @__PURE__ */ pageShape(apiKeyShape),
)
export const revokeApiKey = /* @__PURE__ */ operation()(
  'DELETE',
  '/developer/accounts/{id}/api-keys/{keyId}',
  apiKeyShape,
)
export const listApps = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/apps',
  /* @__PURE__ */ pageShape(developerAppShape),
)
export const createApp = /* @__PURE__ */ operation<
  Sending<Partial<AppListing> & { readonly developerAccountId: string; readonly slug: string }>
>()('POST', '/developer/apps', developerAppShape)
export const getApp = /* @__PURE__ */ operation()('GET', '/developer/apps/{slug}', developerAppShape)
export const updateApp = /* @__PURE__ */ operation<Sending<Partial<AppListing>>>()(
  'PATCH',
  '/developer/apps/{slug}',
  developerAppShape,
)
export const findBundle = /* @__PURE__ */ operation()(
  'GET',
  '/developer/apps/{slug}/bundles/{type}/{sha256}',
  bundleShape,
)
export const uploadBundle = /* @__PURE__ */ operation<Sending<Uint8Array<ArrayBuffer>>>()(
  'PUT',
  '/developer/apps/{slug}/bundles/{type}/{sha256}',
  bundleShape,
)
export const listDeployments = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/developer/apps/{slug}/deployments',
  /* @__PURE__ */ pageShape(deploymentShape),
)
export const getDeployment = /* @__PURE__ */ operation()('GET', '/developer/deployments/{id}', deploymentDetailShape)
export const createDeployment = /* @__PURE__ */ operation<Sending<NewDeployment>>()(
  'POST',
  '/developer/apps/{slug}/deployments',
  deploymentShape,
)
export const listPublishChecks = /* @__PURE__ */ operation()(
  'GET',
  '/developer/deployments/{id}/checks',
  /* @__PURE__ */ listShape(publishCheckShape),
)
export const publishDeployment = /* @__PURE__ */ operation<Sending<{ readonly rolloutPercent?: number | undefined }>>()(
  'POST',
  '/developer/deployments/{id}/publish',
  deploymentShape,
)
export const getRollout = /* @__PURE__ */ operation()('GET', '/developer/deployments/{id}/rollout', rolloutShape)
export const raiseRollout = /* @__PURE__ */ operation<
  Sending<{ readonly percent: number; readonly resume?: boolean | undefined }>
>()('POST', '/developer/deployments/{id}/rollout', deploymentShape)
export const haltRollout = /* @__PURE__ */ operation<Sending<Nothing>>()(
  'POST',
  '/developer/deployments/{id}/rollout/halt',
  deploymentShape,
)
export const listReviews = /* @__PURE__ */ operation<Paged>()(
  'GET',
  '/review/deployments',
  /* @__PURE__ */ pageShape(reviewItemShape),
)
export const getReview = /* @__PURE__ */ operation()('GET', '/review/deployments/{id}', reviewShape)
export const updateAppTrust = /* @__PURE__ */ operation<
  Sending<{ readonly autoApprove?: boolean | undefined; readonly verified?: boolean | undefined }>
>()('PATCH', '/review/apps/{slug}', developerAppShape)
export const rejectDeployment = /* @__PURE__ */ operation<Sending<{ readonly reason: string }>>()(
  'POST',
  '/review/deployments/{id}/reject',
  deploymentShape,
)

const step = <const Path extends string>(path: Path) => operation<Sending<Nothing>>()('POST', path, deploymentShape)

/** The steps a developer takes with a deployment. */
export const DEPLOYMENT_STEP_OPERATIONS = {
  submit: /* @__PURE__ */ step('/developer/deployments/{id}/submit'),
  withdraw: /* @__PURE__ */ step('/developer/deployments/{id}/withdraw'),
  deprecate: /* @__PURE__ */ step('/developer/deployments/{id}/deprecate'),
  restore: /* @__PURE__ */ step('/developer/deployments/{id}/restore'),
} as const

/** The steps a reviewer takes, beside the rejection. */
export const REVIEW_STEP_OPERATIONS = {
  start: /* @__PURE__ */ step('/review/deployments/{id}/start'),
  approve: /* @__PURE__ */ step('/review/deployments/{id}/approve'),
} as const

/** What a call of an operation takes, beside its body. */
export interface Address {
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly query?: object
}

/** The address of one call. An id cannot leave its path segment. */
export const addressOf = ({ path }: Pick<ApiOperation, 'path'>, { params = {}, query = {} }: Address = {}): string => {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])),
  ).toString()
  return `${path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))}${search ? `?${search}` : ''}`
}
