import type { CatalogSort, DeploymentStatus, InstallationChannel, RolloutHaltCode } from '@souk/extension-sdk/protocol'
import type {
  ApiKeyRecord,
  AppListingPatch,
  AppRecord,
  AppTrustPatch,
  AppValueRecord,
  AuditRecord,
  BundleRecord,
  BundleType,
  ConnectionRecord,
  DeploymentRecord,
  DeveloperAccountRecord,
  DeveloperMemberRecord,
  DeveloperRole,
  DeviceLoginRecord,
  FunctionCallRecord,
  InstallationEventRecord,
  InstallationEventType,
  InstallationRecord,
  InvitationRecord,
  OAuthClientRecord,
  OAuthStateRecord,
  SettingRecord,
  WebhookHandlerRecord,
} from './records'

export interface PageRequest {
  /** What the page before returned as `nextCursor`. */
  readonly cursor?: string | undefined
  /** At most 100. */
  readonly limit: number
}

export interface PageOf<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/**
 * Where Souk keeps its data. Every method is one transaction: all of it happens or none.
 *
 * "Not found" is `null`. A unique rule that does not hold throws `StorageError` with `CONFLICT`; a database that does not answer
 * throws `UNAVAILABLE`. Tenants are separated here: a method that takes an `organizationId` never touches another's rows.
 * `@souk/server-adapter/testing` has the suite that every implementation passes.
 */
export interface Storage {
  readonly developerAccounts: DeveloperAccountStore
  readonly invitations: InvitationStore
  readonly apiKeys: ApiKeyStore
  readonly deviceLogins: DeviceLoginStore
  readonly apps: AppStore
  readonly bundles: BundleStore
  readonly deployments: DeploymentStore
  readonly installations: InstallationStore
  readonly settings: SettingStore
  readonly connections: ConnectionStore
  readonly oauthClients: OAuthClientStore
  readonly webhookHandlers: WebhookHandlerStore
  readonly values: ValueStore
  readonly functionCalls: FunctionCallStore
  readonly audit: AuditStore
  close(): Promise<void>
}

export interface DeveloperAccountStore {
  /** Creates the account with its first member, an owner. */
  create(account: DeveloperAccountRecord, ownerUserId: string): Promise<DeveloperAccountRecord>
  get(id: string): Promise<DeveloperAccountRecord | null>
  /** The accounts the user is a member of, oldest first. */
  listForUser(userId: string, page: PageRequest): Promise<PageOf<DeveloperAccountRecord>>
  roleOf(accountId: string, userId: string): Promise<DeveloperRole | null>
  /** By user id. */
  listMembers(accountId: string, page: PageRequest): Promise<PageOf<DeveloperMemberRecord>>
  /**
   * Gives a member who has the role `from` another one, and revokes the pending invitations that the member sent.
   *
   * @returns null when there is no such member with that role.
   * @throws {StorageError} `CONFLICT` when the account would have no owner.
   */
  changeRole(
    accountId: string,
    userId: string,
    change: { readonly from: DeveloperRole; readonly to: DeveloperRole; readonly at: Date },
  ): Promise<DeveloperMemberRecord | null>
  /**
   * Takes a member who has the role `from` out, and revokes the API keys of the account that act for the member and the pending
   * invitations that the member sent.
   *
   * @returns The member as it was; null when there is no such member with that role.
   * @throws {StorageError} `CONFLICT` when the account would have no owner.
   */
  removeMember(
    accountId: string,
    userId: string,
    removal: { readonly from: DeveloperRole; readonly at: Date },
  ): Promise<DeveloperMemberRecord | null>
}

export interface InvitationAnswer {
  readonly status: 'declined' | 'revoked'
  readonly by: string
  readonly at: Date
}

export interface InvitationStore {
  /** Creates a pending invitation. One that is pending for the same person is revoked, so that its token opens nothing any more. */
  create(invitation: InvitationRecord): Promise<InvitationRecord>
  /** Whatever became of it. */
  findByToken(tokenHash: string): Promise<InvitationRecord | null>
  get(accountId: string, id: string): Promise<InvitationRecord | null>
  /** Newest first, answered and expired ones included. */
  list(accountId: string, page: PageRequest): Promise<PageOf<InvitationRecord>>
  /**
   * Makes the user a member with the role of the invitation, if it is pending and not expired.
   *
   * @returns null when it is not.
   * @throws {StorageError} `CONFLICT` when the user is a member already; the invitation stays pending.
   */
  accept(id: string, userId: string, at: Date): Promise<InvitationRecord | null>
  /** @returns null when it is not pending. */
  answer(id: string, answer: InvitationAnswer): Promise<InvitationRecord | null>
}

export interface ApiKeyStore {
  create(key: ApiKeyRecord): Promise<ApiKeyRecord>
  /** A key that was not revoked. */
  findByHash(keyHash: string): Promise<ApiKeyRecord | null>
  /** Oldest first, revoked ones included. */
  list(accountId: string, page: PageRequest): Promise<PageOf<ApiKeyRecord>>
  revoke(accountId: string, id: string, at: Date): Promise<ApiKeyRecord | null>
  /** The keys that act for a user, over all accounts, oldest first, revoked ones included. */
  listForUser(userId: string, page: PageRequest): Promise<PageOf<ApiKeyRecord>>
  revokeOfUser(userId: string, id: string, at: Date): Promise<ApiKeyRecord | null>
  revokeByHash(keyHash: string, at: Date): Promise<ApiKeyRecord | null>
}

export interface DeviceDecision {
  readonly status: 'approved' | 'denied'
  readonly userId: string
  readonly developerAccountId: string | null
  readonly at: Date
}

export interface DeviceLoginStore {
  /** Creates a login, and forgets those that expired an hour before it or earlier. A code that is taken is a CONFLICT. */
  create(login: DeviceLoginRecord): Promise<DeviceLoginRecord>
  /** Whatever became of it. */
  findByUserCode(userCodeHash: string): Promise<DeviceLoginRecord | null>
  /** @returns null when it is not pending, or expired. */
  decide(id: string, decision: DeviceDecision): Promise<DeviceLoginRecord | null>
  /**
   * Notes that the command line asked. When it asked before its interval had passed, the interval grows by five seconds.
   *
   * @returns null when there is no such code.
   */
  poll(
    deviceCodeHash: string,
    at: Date,
  ): Promise<{ readonly login: DeviceLoginRecord; readonly tooSoon: boolean } | null>
  /**
   * Makes the key of an approved login, once. `key` has to name the user and the account of the approval.
   *
   * @returns null when it is not approved any more.
   */
  redeem(id: string, key: ApiKeyRecord): Promise<ApiKeyRecord | null>
}

export interface CatalogQuery extends PageRequest {
  /** Words, or beginnings of words, that title, description or slug must hold. */
  readonly search?: string | undefined
  readonly category?: string | undefined
  /** One tag the app must have. */
  readonly tag?: string | undefined
  /** Default: by title, and in a search the best match first. */
  readonly sort?: CatalogSort | undefined
  /** Its development deployments are offered to it, beside what is published. */
  readonly organizationId: string
}

/** An app with the deployment the organization would get. */
export interface CatalogEntry {
  readonly app: AppRecord
  readonly deployment: DeploymentRecord
  readonly developer: DeveloperAccountRecord
}

export interface AppStore {
  create(app: AppRecord): Promise<AppRecord>
  get(id: string): Promise<AppRecord | null>
  getBySlug(slug: string): Promise<AppRecord | null>
  updateListing(id: string, patch: AppListingPatch): Promise<AppRecord | null>
  /** What the platform decides about an app; what is left out stays. */
  updateTrust(id: string, trust: AppTrustPatch): Promise<AppRecord | null>
  /** Oldest first. */
  listForAccounts(accountIds: readonly string[], page: PageRequest): Promise<PageOf<AppRecord>>
  /**
   * Published apps and those with a development deployment for the organization, by title. In a search, those titled by exactly the
   * words come first, then those whose title holds all of them. `sort` puts another order before the title.
   */
  searchCatalog(query: CatalogQuery): Promise<PageOf<CatalogEntry>>
  /** One app as `searchCatalog` would show it. */
  catalogEntry(organizationId: string, slug: string): Promise<CatalogEntry | null>
}

export interface BundleQuota {
  /** Of all bundles of one app together. */
  readonly appBytes: number
}

export interface BundleStore {
  /**
   * Stores the bytes under their hash. Storing the same bytes of the same app and type again returns the first record, and counts as
   * an upload of that moment.
   *
   * @throws {StorageError} `QUOTA_EXCEEDED` when the bundles of the app would come to more than `quota.appBytes`.
   */
  put(bundle: BundleRecord, content: Uint8Array, quota?: BundleQuota): Promise<BundleRecord>
  get(id: string): Promise<BundleRecord | null>
  find(appId: string, bundleType: BundleType, sha256: string): Promise<BundleRecord | null>
  content(id: string): Promise<Uint8Array | null>
  /** The client bundle with these bytes, whichever app it belongs to: the sandbox origin serves it by hash. */
  clientContentByHash(sha256: string): Promise<Uint8Array | null>
  /**
   * Removes bundles that no deployment uses and that were last uploaded before a moment. An upload or a deployment at the same time
   * either keeps its bundle or is refused.
   *
   * @returns How many were removed.
   */
  removeUnused(uploadedBefore: Date): Promise<number>
}

export interface DeploymentMove {
  readonly to: DeploymentStatus
  /** The statuses it may come from; from any other the move does not happen. */
  readonly from: readonly DeploymentStatus[]
  readonly reviewedBy?: string | undefined
  readonly reviewedAt?: Date | undefined
  readonly rejectionReason?: string | null | undefined
  readonly publishedAt?: Date | undefined
  /** With `publishedAt`: the part of the stable installations it reaches. Default: what it was, 100 at first. */
  readonly rolloutPercent?: number | undefined
}

export interface RolloutRaise {
  /** At least what it is. */
  readonly percent: number
  /** Takes up one that was halted, and counts calls from `at` on. */
  readonly resume: boolean
  readonly at: Date
}

export interface DeploymentStore {
  /** A second production deployment with the same version of an app is a CONFLICT. */
  create(deployment: DeploymentRecord): Promise<DeploymentRecord>
  get(id: string): Promise<DeploymentRecord | null>
  /** Newest first. */
  list(appId: string, page: PageRequest): Promise<PageOf<DeploymentRecord>>
  /**
   * Moves the status and, in the same transaction, what the app derives from it (`publicationStatus`, `reviewStatus`, `hasBundle`).
   * A second deployment of an app under review is a CONFLICT.
   *
   * @returns The moved deployment; null when it is not there or in none of the `from` statuses.
   */
  move(id: string, move: DeploymentMove): Promise<DeploymentRecord | null>
  /**
   * The production deployment that everybody is offered: published, not halted, and the one published last of those that reach
   * everybody; when there is none, the one whose rollout is under way.
   */
  latestPublished(appId: string): Promise<DeploymentRecord | null>
  /** The published deployment of an app that reaches a part of its installations, and was not halted. There is one at most. */
  rolling(appId: string): Promise<DeploymentRecord | null>
  /** Published and not halted, the one published last first. */
  listPublished(appId: string, page: PageRequest): Promise<PageOf<DeploymentRecord>>
  /**
   * Raises how many a published deployment reaches. A second rollout of an app beside one under way is a CONFLICT.
   *
   * @returns null when it is not there, not published, reaches more already, or was halted and is not to be resumed.
   */
  raiseRollout(id: string, raise: RolloutRaise): Promise<DeploymentRecord | null>
  /**
   * Ends a rollout: the deployment is offered to nobody, and what the app derives follows.
   *
   * @returns null when it is not there, reaches everybody, was never published or was halted before.
   */
  haltRollout(id: string, halt: { readonly code: RolloutHaltCode; readonly at: Date }): Promise<DeploymentRecord | null>
  /** Deployments in `pending-review` or `in-review`, the one that waits longest first. */
  listForReview(page: PageRequest): Promise<PageOf<DeploymentRecord>>
}

export interface InstallationChange {
  readonly eventId: string
  readonly type: InstallationEventType
  readonly deploymentId: string
  readonly grantedScopes: readonly string[]
  readonly grantedEgress: readonly string[]
  readonly actorId: string
  readonly at: Date
  readonly channel: InstallationChannel
}

export interface RollForward {
  readonly appId: string
  readonly deploymentId: string
  /** The deployments it replaces. */
  readonly fromDeploymentIds: readonly string[]
  /** What the deployment asks for. An installation that was not granted all of it stays where it is. */
  readonly scopes: readonly string[]
  readonly egress: readonly string[]
  /** How many of a hundred move, as `isInRollout` chooses them. */
  readonly percent: number
  readonly actorId: string
  readonly at: Date
  /** One for each installation that may move: as many move at most. */
  readonly eventIds: readonly string[]
}

export interface InstallationStore {
  /** Creates the installation with its first event. A second one of an app in an organization is a CONFLICT. */
  create(installation: InstallationRecord, eventId: string): Promise<InstallationRecord>
  get(organizationId: string, id: string): Promise<InstallationRecord | null>
  /** Without an organization: for the sandbox origin, which knows no user and serves code only. */
  getForFrame(id: string): Promise<InstallationRecord | null>
  findByApp(organizationId: string, appId: string): Promise<InstallationRecord | null>
  /** Those of several apps, at most 100, in no order: what a page of the catalogue asks. */
  findByApps(organizationId: string, appIds: readonly string[]): Promise<readonly InstallationRecord[]>
  /** Those that are not uninstalled, oldest first. */
  listActive(organizationId: string, page: PageRequest): Promise<PageOf<InstallationRecord>>
  /**
   * Moves the installation to a deployment and records the event, if it is still at `expectedDeploymentId` and, for `reinstalled`, still
   * uninstalled, for every other type still active. An `uninstalled` makes its webhook handlers inactive. A `rolled-back` puts the settings back that were overwritten at the deployment it
   * comes from, of the organization and of every user, and takes those away that were new there.
   *
   * @returns null when it is not, or not there.
   */
  change(
    organizationId: string,
    id: string,
    expectedDeploymentId: string,
    change: InstallationChange,
  ): Promise<InstallationRecord | null>
  /**
   * Moves installations of every organization that are active, in the channel `stable` and at one of `fromDeploymentIds` to a deployment
   * that asks for nothing they were not granted, and records it. What they were granted becomes what it asks for.
   *
   * @returns Those that moved; none when no others are left.
   */
  rollForward(roll: RollForward): Promise<readonly InstallationRecord[]>
  /** Stable and active installations of every organization at a deployment, oldest first. */
  listStableAt(deploymentId: string, page: PageRequest): Promise<PageOf<InstallationRecord>>
  countStableAt(deploymentId: string): Promise<number>
  /** Newest first. */
  events(organizationId: string, id: string, page: PageRequest): Promise<PageOf<InstallationEventRecord>>
}

export interface SettingWrite {
  readonly key: string
  /** null removes the value. */
  readonly value: string | number | boolean | null
  readonly secret: boolean
}

export interface SettingStore {
  list(installationId: string, userId: string | null): Promise<readonly SettingRecord[]>
  /**
   * Writes the named keys and leaves the others. What was written at another deployment is kept for a rollback from this one.
   *
   * @throws {StorageError} `CONFLICT` when the installation is not at `deploymentId`.
   */
  write(
    installationId: string,
    userId: string | null,
    deploymentId: string,
    writes: readonly SettingWrite[],
  ): Promise<readonly SettingRecord[]>
  /** Every secret of every installation, those kept for a rollback included, in the order they were first written: what a rotation of keys goes through. */
  listSecrets(page: PageRequest): Promise<PageOf<SettingRecord>>
  /**
   * Puts another sealed text of the same secret in its place, if it still is as it was read.
   *
   * @returns Whether it was.
   */
  replaceSecret(read: SettingRecord, sealed: string): Promise<boolean>
}

/** What of a connection changes. What is left out stays. */
export type ConnectionChange = Partial<
  Pick<ConnectionRecord, 'label' | 'status' | 'variables' | 'sealed' | 'expiresAt'>
> & { readonly updatedAt: Date }

export interface ConnectionStore {
  /** A second one in the same slot of a scope is a CONFLICT. */
  create(connection: ConnectionRecord): Promise<ConnectionRecord>
  get(organizationId: string, id: string): Promise<ConnectionRecord | null>
  /** All of the installation, of every user; the oldest first. */
  list(organizationId: string, installationId: string): Promise<readonly ConnectionRecord[]>
  /**
   * Changes the connection if it still is at `revision`, ends a claim, and counts the revision up.
   *
   * @returns null when it is not, or not there.
   */
  change(
    organizationId: string,
    id: string,
    revision: number,
    change: ConnectionChange,
  ): Promise<ConnectionRecord | null>
  /**
   * Claims the connection at `revision` until a moment, for one who renews its credential: of many at once, one.
   *
   * @returns Whether the claim is the caller's.
   */
  claim(organizationId: string, id: string, revision: number, now: Date, until: Date): Promise<boolean>
  /**
   * Removes the connection, and the values that apps stored for it.
   *
   * @returns Whether it was there.
   */
  remove(organizationId: string, id: string): Promise<boolean>
  putState(state: OAuthStateRecord): Promise<void>
  /** Gives the state once, if it has not expired, and removes it with all that have. */
  takeState(stateHash: string, now: Date): Promise<OAuthStateRecord | null>
  /** Those of every organization, in the order they were made: what a rotation of keys goes through. */
  listAll(page: PageRequest): Promise<PageOf<ConnectionRecord>>
}

export interface OAuthClientStore {
  /** Writes the client of a definition over the one before. */
  put(client: OAuthClientRecord): Promise<void>
  get(appId: string, definitionId: string): Promise<OAuthClientRecord | null>
  /** By definition. */
  list(appId: string): Promise<readonly OAuthClientRecord[]>
  /** @returns Whether it was there. */
  remove(appId: string, definitionId: string): Promise<boolean>
  /** Those of every app, by app and definition: what a rotation of keys goes through. */
  listAll(page: PageRequest): Promise<PageOf<OAuthClientRecord>>
  /**
   * Puts another sealed text of the same secret in its place, if it still is as it was read.
   *
   * @returns Whether it was.
   */
  replaceSecret(read: OAuthClientRecord, sealedSecret: string): Promise<boolean>
}

export type WebhookHandlerChange = Partial<
  Pick<WebhookHandlerRecord, 'triggerId' | 'workflowId' | 'externalWebhookId' | 'sealed' | 'isActive'>
> & { readonly updatedAt: Date }

/** Handlers end with their connection, and are made inactive when the app is uninstalled. */
export interface WebhookHandlerStore {
  /**
   * @param max How many an installation may have.
   * @throws {StorageError} `CONFLICT` when the webhook has a handler for the connection (or for none) already, or the app is not installed;
   *   `QUOTA_EXCEEDED`.
   */
  create(handler: WebhookHandlerRecord, max: number): Promise<WebhookHandlerRecord>
  /** Whatever became of it. */
  findByToken(tokenHash: string): Promise<WebhookHandlerRecord | null>
  /** All of the installation, the oldest first. */
  list(organizationId: string, installationId: string): Promise<readonly WebhookHandlerRecord[]>
  /** @returns null when it is not there. */
  change(organizationId: string, id: string, change: WebhookHandlerChange): Promise<WebhookHandlerRecord | null>
  /** @returns Whether it was there. */
  remove(organizationId: string, id: string): Promise<boolean>
  /** Those of these events that the product has accepted of the handler before. */
  findAcceptedEvents(organizationId: string, id: string, eventIds: readonly string[]): Promise<readonly string[]>
  /** Nothing happens for those that are there already, or when the handler is gone. */
  acceptEvents(organizationId: string, id: string, eventIds: readonly string[], at: Date): Promise<void>
  /** @returns How many were removed. */
  removeEventsBefore(at: Date): Promise<number>
  /** Those of every organization, in the order they were made: what a rotation of keys goes through. */
  listAll(page: PageRequest): Promise<PageOf<WebhookHandlerRecord>>
  /**
   * Puts another sealed text of the same content in its place, if it still is as it was read.
   *
   * @returns Whether it was.
   */
  replaceSealed(read: WebhookHandlerRecord, sealed: string): Promise<boolean>
}

export type ValuePlace = Pick<AppValueRecord, 'installationId' | 'connectionId' | 'collection' | 'key'>

export interface ValueQuota {
  /** Of keys and values of one installation together, in UTF-8. */
  readonly bytes: number
  readonly values: number
}

/** When a value is written: always, when there is none, or when it is as it was read. */
export type ValueCondition = { readonly ifAbsent: true } | { readonly ifEquals: string } | undefined

/** A value whose time is over is not there. */
export interface ValueStore {
  get(place: ValuePlace, now: Date): Promise<AppValueRecord | null>
  /**
   * @returns Whether it was written: false when the condition did not hold.
   * @throws {StorageError} `QUOTA_EXCEEDED` when the values of the installation would come to more than the quota.
   */
  set(value: AppValueRecord, condition: ValueCondition, quota: ValueQuota, now: Date): Promise<boolean>
  /** @returns Whether there was one. */
  remove(place: ValuePlace, now: Date): Promise<boolean>
  /** By key. */
  list(
    place: Omit<ValuePlace, 'key'> & { readonly prefix: string },
    now: Date,
    page: PageRequest,
  ): Promise<PageOf<AppValueRecord>>
  /** @returns How many were removed. */
  removeExpired(now: Date): Promise<number>
}

/** What every answer to somebody who follows the calls of an app holds. */
export interface FollowedCalls {
  /** The oldest first. */
  readonly items: readonly FunctionCallRecord[]
  /** Where to go on; also when nothing is new. */
  readonly cursor: string
}

export interface FunctionCallFilter {
  readonly functionId?: string | undefined
  readonly outcome?: 'ok' | 'error' | undefined
  readonly traceId?: string | undefined
}

export interface CallTally {
  readonly calls: number
  /** Of them, those that ended with one of the codes. */
  readonly failed: number
  /** How many installations the failed ones are of. */
  readonly failedInstallations: number
}

export interface FunctionCallStore {
  record(call: FunctionCallRecord): Promise<void>
  /** The calls of a deployment in every organization, at `since` or later. */
  tally(deploymentId: string, since: Date, errorCodes: readonly string[]): Promise<CallTally>
  /** Newest first. */
  list(
    organizationId: string,
    installationId: string,
    page: PageRequest & FunctionCallFilter,
  ): Promise<PageOf<FunctionCallRecord>>
  /**
   * The calls of an app in every organization, for its developer to follow. Without a cursor, the last `limit` of them.
   *
   * Somebody who records at the same moment may be seen later than one who recorded after: the cursor stays behind `settled`, so that
   * calls since then come again. Leave out the ids that were seen.
   */
  follow(appId: string, page: PageRequest & FunctionCallFilter, settled: Date): Promise<FollowedCalls>
  /**
   * Removes calls that were made before a moment.
   *
   * @returns How many were removed.
   */
  removeBefore(before: Date): Promise<number>
}

/** Whose entries: one organization's, one developer account's, or all there are. */
export type AuditOwner =
  | { readonly type: 'organization' | 'developer-account'; readonly id: string }
  | { readonly type: 'platform' }

/** What is left out does not matter. */
export interface AuditFilter {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly resourceId?: string | undefined
  readonly since?: Date | undefined
  /** Exclusive. */
  readonly until?: Date | undefined
}

export interface AuditStore {
  append(entry: AuditRecord): Promise<void>
  /** Newest first. */
  list(owner: AuditOwner, page: PageRequest & AuditFilter): Promise<PageOf<AuditRecord>>
}
