import { StorageError } from '@souk/server-adapter/storage'
import { TENANT_TABLES } from '../migrations/0003-row-security'
import { CONNECTION_TENANT_TABLES } from '../migrations/0005-connections'
import { WEBHOOK_TENANT_TABLES } from '../migrations/0008-webhooks'
import type { Database } from './database'
import { DEFAULT_SCHEMA, quoteSchema } from './schema-name'
import { withStorageErrors } from './with-storage-errors'

export interface RowSecurityOptions {
  readonly enabled: boolean
  /** Where the tables stand. Default `souk`. */
  readonly schema?: string
  /** A role that may then use the tables, and no more: what the product connects as. Never a superuser, whom row security does not hold. */
  readonly role?: string
}

/**
 * Switches row security of the tables with organizations' rows on or off. When it is on, pass `rowSecurity: true` to
 * `createPostgresStorage`: each statement then names its organization first, and one that forgot to filter by it reads nothing of others.
 *
 * @throws {StorageError} `DATABASE_NOT_MIGRATED`; `INVALID_SCHEMA_NAME`, for a role that cannot be one as well.
 */
export const setRowSecurity = async (database: Database, options: RowSecurityOptions): Promise<void> => {
  const s = quoteSchema(options.schema ?? DEFAULT_SCHEMA)
  const role = options.role === undefined ? undefined : quoteRole(options.role)
  await withStorageErrors(database).transaction(async (tx) => {
    for (const table of [...TENANT_TABLES, ...CONNECTION_TENANT_TABLES, ...WEBHOOK_TENANT_TABLES]) {
      // Forced: the owner of the tables, which many products connect as, is held to it too.
      const [enable, force] = options.enabled ? ['enable', 'force'] : ['disable', 'no force']
      await tx.query(`alter table ${s}.${table} ${enable} row level security`)
      await tx.query(`alter table ${s}.${table} ${force} row level security`)
    }
    if (role === undefined) return
    await tx.query(`grant usage on schema ${s} to ${role}`)
    await tx.query(`grant select, insert, update, delete on all tables in schema ${s} to ${role}`)
    await tx.query(`grant usage on all sequences in schema ${s} to ${role}`)
    await tx.query(`revoke insert, update, delete on ${s}.migration from ${role}`)
  })
}

const quoteRole = (role: string): string => {
  if (role.length === 0 || role.length > 63 || role.includes('\0'))
    throw new StorageError(
      'INVALID_SCHEMA_NAME',
      'A role has a name of 1 to 63 characters. Pass that of an existing role.',
    )
  return `"${role.replaceAll('"', '""')}"`
}
