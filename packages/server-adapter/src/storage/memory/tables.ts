import type {
  ApiKeyRecord,
  AppRecord,
  AuditRecord,
  BundleRecord,
  DeploymentRecord,
  DeveloperAccountRecord,
  DeveloperMemberRecord,
  DeviceLoginRecord,
  FunctionCallRecord,
  InstallationEventRecord,
  InstallationRecord,
  InvitationRecord,
  SettingRecord,
} from '../records'
import { StorageError } from '../storage-error'

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
  readonly settings: Map<string, SettingRecord>
  /** When each key of `settings` was first written, as a number that grows. */
  readonly settingNumbers: Map<string, number>
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
  settingNumbers: new Map(),
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
