import { type Storage, StorageError } from '@souk/server-adapter/storage'
import type { BundleContents } from './bundle-contents'
import type { Database } from './database'
import { DEFAULT_SCHEMA, quoteSchema } from './schema-name'
import { createScopes } from './scopes'
import { createAccountStore, createApiKeyStore } from './stores/accounts'
import { createAppStore } from './stores/apps'
import { createBundleStore } from './stores/bundles'
import { createConnectionStore, createOAuthClientStore } from './stores/connections'
import { createDeploymentStore } from './stores/deployments'
import { createDeviceLoginStore } from './stores/device-logins'
import { createInstallationStore, createSettingStore } from './stores/installations'
import { createInvitationStore } from './stores/invitations'
import { createAuditStore, createFunctionCallStore } from './stores/logs'
import { createValueStore } from './stores/values'
import { createWebhookHandlerStore } from './stores/webhook-handlers'
import { withStorageErrors } from './with-storage-errors'

export interface PostgresStorageOptions {
  /** `fromPool(pool)` for a server, `fromPglite(pglite)` for the embedded database, `fromClient(client)` to join a transaction of yours. */
  readonly database: Database
  /** Where the tables stand; the same as for `migrate`. Default `souk`. */
  readonly schema?: string
  /** Where the bytes of new bundles go, such as `createS3Contents(...)`. Default: into Postgres. Those that are there are read from there. */
  readonly contents?: BundleContents
  /** True when `setRowSecurity` switched it on: every statement then says whose rows it may touch. Costs three round trips a call. Default false. */
  readonly rowSecurity?: boolean
}

/**
 * The storage of Souk in Postgres. Run `migrate(database)` before it is used.
 *
 * `close()` ends the storage, not the database, which belongs to whoever opened it.
 *
 * @throws {StorageError} `INVALID_SCHEMA_NAME`
 */
export const createPostgresStorage = (options: PostgresStorageOptions): Storage => {
  const s = quoteSchema(options.schema ?? DEFAULT_SCHEMA)
  const inner = withStorageErrors(options.database)
  let closed = false
  const open = async () => {
    if (closed) throw new StorageError('UNAVAILABLE', 'The storage was closed. Create a new one.')
  }
  const database: Database = {
    query: (text, params) => open().then(() => inner.query(text, params)),
    transaction: (work) => open().then(() => inner.transaction(work)),
  }
  const scopes = createScopes(database, options.rowSecurity ?? false)

  return {
    developerAccounts: createAccountStore(database, s),
    invitations: createInvitationStore(database, s),
    apiKeys: createApiKeyStore(database, s),
    deviceLogins: createDeviceLoginStore(database, s),
    apps: createAppStore(database, s),
    bundles: createBundleStore(database, s, options.contents),
    deployments: createDeploymentStore(database, s),
    installations: createInstallationStore(scopes, s),
    settings: createSettingStore(scopes, s),
    connections: createConnectionStore(scopes, s),
    oauthClients: createOAuthClientStore(database, s),
    webhookHandlers: createWebhookHandlerStore(scopes, s),
    values: createValueStore(scopes, s),
    functionCalls: createFunctionCallStore(scopes, s),
    audit: createAuditStore(scopes, s),
    async close() {
      closed = true
    },
  }
}
