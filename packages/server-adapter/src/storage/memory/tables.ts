import type {
  ApiKeyRecord,
  AppRecord,
  AppValueRecord,
  AuditRecord,
  BundleRecord,
  ConnectionRecord,
  DeploymentRecord,
  DeveloperAccountRecord,
  DeveloperMemberRecord,
  DeviceLoginRecord,
  FunctionCallRecord,
  InstallationEventRecord,
  InstallationRecord,
  InvitationRecord,
  OAuthClientRecord,
  OAuthStateRecord,
  SettingRecord,
  WebhookHandlerRecord,
} from '../records'
import { StorageError } from '../storage-error'

/** A setting with the deployment at which it was written. */
export interface StoredSetting {
  readonly setting: SettingRecord
  readonly deploymentId: string
}

export interface KeptSetting {
  readonly installationId: string
  readonly userId: string | null
  readonly key: string
  readonly replacedBy: string
  readonly kept: StoredSetting | null
}

/** Rows in the order they were added. */
export interface Tables {
  readonly accounts: Map<string, DeveloperAccountRecord>
  /** By account and user. */
  readonly members: Map<string, DeveloperMemberRecord & { readonly accountId: string }>
  readonly invitations: Map<string, InvitationRecord>
  readonly apiKeys: Map<string, ApiKeyRecord>
  readonly deviceLogins: Map<string, DeviceLoginRecord>
  readonly apps: Map<string, AppRecord>
  /** `uploadedAt`: when its bytes were sent last. */
  readonly bundles: Map<string, BundleRecord & { readonly content: Uint8Array; readonly uploadedAt: Date }>
  readonly deployments: Map<string, DeploymentRecord>
  /** Where a deployment stands in the review queue; lower waits longer. */
  readonly reviewPositions: Map<string, number>
  readonly installations: Map<string, InstallationRecord>
  readonly installationEvents: Map<string, InstallationEventRecord>
  /** By installation, user and key. */
  readonly settings: Map<string, StoredSetting>
  /** What a deployment overwrote, by installation, user, key and that deployment; null where there was nothing. */
  readonly keptSettings: Map<string, KeptSetting>
  /** When each key of `settings` and `keptSettings` was first written, as a number that grows. */
  readonly settingNumbers: Map<string, number>
  readonly connections: Map<string, ConnectionRecord & { readonly claimedUntil: Date | null }>
  /** By hash. */
  readonly oauthStates: Map<string, OAuthStateRecord>
  /** By app and definition. */
  readonly oauthClients: Map<string, OAuthClientRecord>
  readonly webhookHandlers: Map<string, WebhookHandlerRecord>
  /** By handler and event. */
  readonly webhookEvents: Map<string, { readonly handlerId: string; readonly acceptedAt: Date }>
  /** By installation, connection, collection and key. */
  readonly values: Map<string, AppValueRecord>
  readonly functionCalls: Map<string, FunctionCallRecord>
  readonly audit: Map<string, AuditRecord>
}

export const createTables = (): Tables => ({
  accounts: new Map(),
  members: new Map(),
  invitations: new Map(),
  apiKeys: new Map(),
  deviceLogins: new Map(),
  apps: new Map(),
  bundles: new Map(),
  deployments: new Map(),
  reviewPositions: new Map(),
  installations: new Map(),
  installationEvents: new Map(),
  settings: new Map(),
  keptSettings: new Map(),
  settingNumbers: new Map(),
  connections: new Map(),
  oauthStates: new Map(),
  oauthClients: new Map(),
  webhookHandlers: new Map(),
  webhookEvents: new Map(),
  values: new Map(),
  functionCalls: new Map(),
  audit: new Map(),
})

/** One map key of several values, which no two different lists of values share. */
export const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts)

/** Refuses a write that a unique rule, a reference or a check of the database would refuse. */
export const ensure = (holds: boolean, sentence: string): void => {
  if (!holds) throw new StorageError('CONFLICT', sentence)
}

export const insert = <T extends { readonly id: string }>(table: Map<string, T>, row: T, what: string): void => {
  ensure(!table.has(row.id), `There is already ${what} with the id ${row.id}. Ids must be new.`)
  table.set(row.id, structuredClone(row))
}

/** The latest `createdAt` first; of two in the same millisecond, the one added later. */
export const newestFirst = <T extends { readonly createdAt: Date }>(rows: Iterable<T>): T[] =>
  [...rows].reverse().sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
