import { createMemoryAccounts, createMemoryApiKeys } from './memory/accounts'
import { createMemoryApps, createMemoryBundles } from './memory/apps'
import { createMemoryConnections, createMemoryOAuthClients } from './memory/connections'
import { createMemoryDeployments } from './memory/deployments'
import { createMemoryDeviceLogins } from './memory/device-logins'
import { createMemoryInstallations, createMemorySettings } from './memory/installations'
import { createMemoryInvitations } from './memory/invitations'
import { createMemoryAudit, createMemoryFunctionCalls } from './memory/logs'
import { createTables } from './memory/tables'
import { createMemoryValues } from './memory/values'
import { createMemoryWebhookHandlers } from './memory/webhook-handlers'
import type { Storage } from './storage'
import { StorageError } from './storage-error'

/**
 * A storage in the memory of this process: the reference every other one is compared with, and enough for tests.
 * What it holds is gone when the process ends.
 */
export const createMemoryStorage = (): Storage => {
  const tables = createTables()
  let closed = false

  /** After `close`, every method answers as a database that is gone. */
  const guarded = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver)
        if (!closed || typeof method !== 'function') return method
        return async () => {
          throw new StorageError('UNAVAILABLE', 'The storage was closed. Create a new one.')
        }
      },
    })

  return {
    developerAccounts: guarded(createMemoryAccounts(tables)),
    invitations: guarded(createMemoryInvitations(tables)),
    apiKeys: guarded(createMemoryApiKeys(tables)),
    deviceLogins: guarded(createMemoryDeviceLogins(tables)),
    apps: guarded(createMemoryApps(tables)),
    bundles: guarded(createMemoryBundles(tables)),
    deployments: guarded(createMemoryDeployments(tables)),
    installations: guarded(createMemoryInstallations(tables)),
    settings: guarded(createMemorySettings(tables)),
    connections: guarded(createMemoryConnections(tables)),
    oauthClients: guarded(createMemoryOAuthClients(tables)),
    webhookHandlers: guarded(createMemoryWebhookHandlers(tables)),
    values: guarded(createMemoryValues(tables)),
    functionCalls: guarded(createMemoryFunctionCalls(tables)),
    audit: guarded(createMemoryAudit(tables)),
    async close() {
      closed = true
    },
  }
}
