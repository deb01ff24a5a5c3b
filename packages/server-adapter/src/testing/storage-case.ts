import assert from 'node:assert/strict'
import type { AppRecord, DeploymentRecord, InstallationRecord, PageOf, Storage } from '../storage'
import { isStorageError, type StorageErrorCode } from '../storage'
import {
  at,
  newId,
  PUBLISH_MOVES,
  sampleAccount,
  sampleApp,
  sampleBundle,
  sampleDeployment,
  sampleInstallation,
} from './storage-fixtures'

/** One behaviour that every storage has, told by a sentence. */
export type StorageCases = Readonly<Record<string, (storage: Storage) => Promise<void>>>

export const refuses = (code: StorageErrorCode, work: Promise<unknown>): Promise<void> =>
  assert.rejects(work, (error) => {
    assert.ok(isStorageError(error), `expected a StorageError ${code}, received ${String(error)}`)
    assert.equal(error.code, code)
    return true
  })

/** Every item of a list, page by page. */
export const allPages = async <T>(read: (cursor: string | undefined) => Promise<PageOf<T>>): Promise<readonly T[]> => {
  const items: T[] = []
  let cursor: string | undefined
  const seen = new Set<string | undefined>()
  do {
    assert.ok(!seen.has(cursor), 'a cursor leads to the rows after it, not to itself')
    seen.add(cursor)
    const page = await read(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return items
}

/** How each of several attempts at the same time ended, of which some may be refused with `CONFLICT`. */
export const race = async <T>(attempts: readonly Promise<T>[]): Promise<{ won: T[]; conflicts: number }> => {
  const settled = await Promise.allSettled(attempts)
  const won = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failures = settled.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  for (const failure of failures) if (!isStorageError(failure) || failure.code !== 'CONFLICT') throw failure
  return { won, conflicts: failures.length }
}

export const makeApp = async (storage: Storage, change: Partial<AppRecord> = {}): Promise<AppRecord> => {
  const account = await storage.developerAccounts.create(sampleAccount(), newId())
  return storage.apps.create(sampleApp(account.id, change))
}

export const makeDeployment = async (
  storage: Storage,
  appId: string,
  change: Partial<DeploymentRecord> = {},
): Promise<DeploymentRecord> => {
  const content = new TextEncoder().encode(`// ${appId} ${change.version ?? ''}`)
  const bundle = await storage.bundles.put(sampleBundle(appId, content), content)
  return storage.deployments.create(sampleDeployment(appId, bundle.id, change))
}

export const publish = async (storage: Storage, id: string, publishedAt = at(20)): Promise<DeploymentRecord> => {
  let moved: DeploymentRecord | null = null
  for (const move of PUBLISH_MOVES)
    moved = await storage.deployments.move(id, move.to === 'published' ? { ...move, publishedAt } : move)
  assert.ok(moved, 'a deployment that was approved can be published')
  return moved
}

export const makeInstallation = async (
  storage: Storage,
  organizationId = newId(),
): Promise<{ app: AppRecord; first: DeploymentRecord; second: DeploymentRecord; installation: InstallationRecord }> => {
  const app = await makeApp(storage)
  const first = await makeDeployment(storage, app.id)
  const second = await makeDeployment(storage, app.id, { version: '2.0.0' })
  const installation = await storage.installations.create(sampleInstallation(first, organizationId), newId())
  return { app, first, second, installation }
}
