import type { Storage } from '../storage'
import type { StorageCases } from './storage-case'
import { accountCases } from './storage-cases/accounts'
import { appCases } from './storage-cases/apps'
import { bundleCases } from './storage-cases/bundles'
import { connectionCases } from './storage-cases/connections'
import { deploymentCases } from './storage-cases/deployments'
import { deviceLoginCases } from './storage-cases/device-logins'
import { installationCases } from './storage-cases/installations'
import { logCases } from './storage-cases/logs'
import { memberCases } from './storage-cases/members'
import { pageCases } from './storage-cases/pages'
import { raceCases } from './storage-cases/races'
import { valueCases } from './storage-cases/values'
import { webhookHandlerCases } from './storage-cases/webhook-handlers'

export interface StorageConformanceOptions {
  /** The runner's: `test` of Vitest, Jest or `node:test`. */
  readonly test: (name: string, run: () => Promise<void>) => unknown
  /** Called for each case, which closes it. The storages may stand on one database: no case depends on its rows being alone. */
  readonly createStorage: () => Storage | Promise<Storage>
}

/**
 * Registers one test for each behaviour that `Storage` promises. Each runs alone and in any order, and looks at what a method returned
 * and at what it did.
 */
export const storageConformance = ({ test, createStorage }: StorageConformanceOptions): void => {
  const cases: StorageCases = {
    ...accountCases,
    ...memberCases,
    ...deviceLoginCases,
    ...appCases,
    ...bundleCases,
    ...connectionCases,
    ...deploymentCases,
    ...installationCases,
    ...logCases,
    ...pageCases,
    ...raceCases,
    ...valueCases,
    ...webhookHandlerCases,
  }
  for (const [name, run] of Object.entries(cases)) {
    test(`storage: ${name}`, async () => {
      const storage = await createStorage()
      try {
        await run(storage)
      } finally {
        await storage.close()
      }
    })
  }
}
