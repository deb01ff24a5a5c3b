import type {
  ApiKeyScope,
  AppListing,
  DeploymentStatus,
  DeploymentType,
  InstallationChannel,
  Manifest,
  RolloutHaltCode,
} from '@souk/extension-sdk/protocol'

/** Rows as the services see them. Ids are opaque strings made by the services; times are `Date`. */

export interface DeveloperAccountRecord {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly logoUrl: string | null
  readonly featureFlags: readonly string[]
  readonly createdAt: Date
}

export type DeveloperRole = 'owner' | 'admin' | 'member'

export interface DeveloperMemberRecord {
  readonly userId: string
  readonly role: DeveloperRole
  readonly joinedAt: Date
}

/** `expired` is none of them: a pending invitation is open until its time. */
export type InvitationStatus = 'pending' | 'accepted' | 'declined' | 'revoked'

export interface InvitationRecord {
  readonly id: string
  readonly developerAccountId: string
  /** Who is invited: one of the two is null. */
  readonly email: string | null
  readonly userId: string | null
  readonly role: DeveloperRole
  /** SHA-256 of the token, in hex. The token itself is given out once and stored nowhere. */
  readonly tokenHash: string
  readonly invitedBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly status: InvitationStatus
  /** Who accepted, declined or revoked it. */
  readonly answeredBy: string | null
  readonly answeredAt: Date | null
}

export interface ApiKeyRecord {
  readonly id: string
  readonly developerAccountId: string
  /** The product user on whose behalf the key acts. */
  readonly userId: string
  readonly name: string
  readonly scopes: readonly ApiKeyScope[]
  /** SHA-256 of the key, in hex. The key itself is shown once and stored nowhere. */
  readonly keyHash: string
  readonly createdAt: Date
  /** From then on it opens nothing; null for never. */
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

/** A command line that waits for its person to let it in. */
export interface DeviceLoginRecord {
  readonly id: string
  /** SHA-256 of what the command line holds, in hex. */
  readonly deviceCodeHash: string
  /** SHA-256 of what the person types, in hex. */
  readonly userCodeHash: string
  /** What the command line calls itself; the name of its key. */
  readonly name: string
  readonly scopes: readonly ApiKeyScope[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly status: 'pending' | 'approved' | 'denied' | 'used'
  /** Who approved or denied it, and for which account. */
  readonly userId: string | null
  readonly developerAccountId: string | null
  /** How long the command line has to wait between two questions. */
  readonly intervalSeconds: number
  readonly lastPolledAt: Date | null
}

/** What the developer writes about the app is the listing of the HTTP API. */
export interface AppRecord extends AppListing {
  readonly id: string
  readonly slug: string
  readonly developerAccountId: string
  /** Derived: whether a production deployment is published. */
  readonly publicationStatus: 'draft' | 'published'
  /** Derived: the status of the newest production deployment that was ever submitted. */
  readonly reviewStatus: DeploymentStatus | null
  readonly hasBundle: boolean
  readonly autoApprove: boolean
  readonly verified: boolean
  /** Derived: in how many organizations it is installed now. */
  readonly installCount: number
  readonly createdAt: Date
}

export type AppListingPatch = Partial<AppListing>

export type AppTrustPatch = Partial<Pick<AppRecord, 'autoApprove' | 'verified'>>

export type BundleType = 'client' | 'server'

export interface BundleRecord {
  readonly id: string
  readonly appId: string
  readonly bundleType: BundleType
  /** Of the content, in hex. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly createdAt: Date
}

export interface DeploymentRecord {
  readonly id: string
  readonly appId: string
  readonly deploymentType: DeploymentType
  readonly version: string
  readonly clientBundleId: string | null
  readonly serverBundleId: string | null
  readonly manifest: Manifest
  /** The organization a development deployment is aimed at. */
  readonly targetOrganizationId: string | null
  readonly status: DeploymentStatus
  readonly releaseNotes: string | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly reviewedBy: string | null
  readonly reviewedAt: Date | null
  readonly rejectionReason: string | null
  readonly publishedAt: Date | null
  /** Which part of the stable installations it reaches on its own, 1 to 100. */
  readonly rolloutPercent: number
  /** From when on its function calls are counted; null before it was published. */
  readonly rolloutSince: Date | null
  readonly rolloutHaltedAt: Date | null
  readonly rolloutHaltCode: RolloutHaltCode | null
}

export type InstallationEventType =
  | 'installed'
  | 'upgraded'
  | 'rolled-back'
  | 'uninstalled'
  | 'reinstalled'
  /** To a newer version, on its own. */
  | 'rolled-forward'
  | 'channel-changed'

export interface InstallationRecord {
  readonly id: string
  readonly appId: string
  readonly organizationId: string
  readonly currentDeploymentId: string
  readonly grantedScopes: readonly string[]
  readonly grantedEgress: readonly string[]
  readonly installedBy: string
  readonly installedAt: Date
  /** Set while the app is uninstalled. The row, its settings and its history stay. */
  readonly uninstalledAt: Date | null
  /** Whether it follows what is published, stays where it is, or runs a development deployment. */
  readonly channel: InstallationChannel
}

export interface InstallationEventRecord {
  readonly id: string
  readonly installationId: string
  readonly type: InstallationEventType
  readonly fromDeploymentId: string | null
  readonly toDeploymentId: string | null
  readonly grantedScopes: readonly string[]
  readonly grantedEgress: readonly string[]
  readonly actorId: string
  readonly createdAt: Date
}

/** One value of one scope. `userId` null: the organization's. */
export interface SettingRecord {
  readonly installationId: string
  readonly userId: string | null
  /** Path in dots. */
  readonly key: string
  /** JSON, or for a secret the sealed text. */
  readonly value: string | number | boolean
  readonly secret: boolean
}

export interface FunctionCallRecord {
  readonly id: string
  readonly installationId: string
  readonly deploymentId: string
  readonly organizationId: string
  readonly functionId: string
  readonly userId: string
  readonly outcome: 'ok' | 'error'
  readonly errorCode: string | null
  readonly durationMs: number
  readonly logs: readonly { readonly level: string; readonly message: string }[]
  readonly createdAt: Date
  /** The id that the user was shown. */
  readonly traceId: string
  /** Bytes, as they crossed. */
  readonly argumentBytes: number
  readonly resultBytes: number
}

/** An account of an outside service that somebody connected. */
export interface ConnectionRecord {
  readonly id: string
  readonly installationId: string
  readonly organizationId: string
  /** The id of its definition in the manifest. */
  readonly definitionId: string
  /** null: the organization's. */
  readonly userId: string | null
  /** Empty for the one account of a definition; its own id where there may be several. Unique in its scope. */
  readonly slot: string
  readonly label: string
  readonly status: 'active' | 'expired'
  readonly variables: Readonly<Record<string, string>>
  /** The credential, sealed for this row. */
  readonly sealed: string
  readonly expiresAt: Date | null
  /** Grows with each change. */
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a person who went to an outside service must come back with. It is used once. */
export interface OAuthStateRecord {
  /** SHA-256 of the state, in hex. */
  readonly stateHash: string
  readonly installationId: string
  readonly organizationId: string
  readonly userId: string
  readonly definitionId: string
  /** The connection that is renewed; null for a new one. */
  readonly connectionId: string | null
  /** The verifier and the variables, sealed. */
  readonly sealed: string
  /** A path of the product; null when the person is told to close the window. */
  readonly returnTo: string | null
  readonly expiresAt: Date
}

/** The OAuth client that the developer of an app registered with an outside service. */
export interface OAuthClientRecord {
  readonly appId: string
  readonly definitionId: string
  readonly clientId: string
  /** Sealed. null for a public client. */
  readonly sealedSecret: string | null
  readonly updatedAt: Date
}

/** A URL at which an outside service reaches a webhook of an installation. */
export interface WebhookHandlerRecord {
  readonly id: string
  /** SHA-256 of the token in the URL, in hex. */
  readonly tokenHash: string
  readonly installationId: string
  readonly organizationId: string
  /** The id of the webhook in the manifest. */
  readonly handlerId: string
  /** It goes with the connection. null: the installation's. */
  readonly connectionId: string | null
  readonly triggerId: string | null
  readonly workflowId: string | null
  /** What the service calls it. */
  readonly externalWebhookId: string | null
  /** The token and the metadata of the app, sealed for this row. */
  readonly sealed: string
  readonly isActive: boolean
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A value that an app stored. */
export interface AppValueRecord {
  readonly installationId: string
  /** The connection it belongs to, and goes with; empty for the installation. */
  readonly connectionId: string
  readonly collection: string
  readonly key: string
  /** As `encodeValue` wrote it. */
  readonly value: string
  readonly expiresAt: Date | null
}

/** What a change did to one field. Secrets are never in it. */
export interface FieldChange {
  readonly before: unknown
  readonly after: unknown
}

/** Whose log an entry stands in: an organization's, a developer account's, or neither's. */
export interface AuditRecord {
  readonly id: string
  readonly organizationId: string | null
  readonly developerAccountId: string | null
  readonly actorId: string
  readonly action: string
  readonly resourceType: string
  readonly resourceId: string
  /** The changed fields alone, by name. JSON values. */
  readonly changes: Readonly<Record<string, FieldChange>>
  readonly createdAt: Date
}
