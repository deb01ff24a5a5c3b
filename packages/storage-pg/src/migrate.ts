import { StorageError } from '@souk/server-adapter/storage'
import { MIGRATIONS } from '../migrations'
import type { Migration } from '../migrations/migration'
import type { Database, Queryable } from './database'
import { migrationTable } from './migration-status'
import { DEFAULT_SCHEMA, quoteSchema } from './schema-name'
import { withStorageErrors } from './with-storage-errors'

export interface MigrateOptions {
  /** Where the tables stand. Default `souk`. */
  readonly schema?: string
}

/**
 * Brings the tables to this version. Any number of processes may call it at once; each step runs once, in one transaction.
 *
 * @returns The names of the steps this call ran.
 * @throws {StorageError} `DATABASE_NEWER` when a newer version was here; `INVALID_SCHEMA_NAME`; `UNAVAILABLE`.
 */
export const migrate = async (database: Database, options: MigrateOptions = {}): Promise<readonly string[]> => {
  const schema = options.schema ?? DEFAULT_SCHEMA
  const s = quoteSchema(schema)
  const ran: string[] = []
  for (const migration of MIGRATIONS) {
    const done = await withStorageErrors(database).transaction((tx) => runOnce(tx, schema, s, migration))
    if (done) ran.push(migration.name)
  }
  return ran
}

const runOnce = async (tx: Queryable, schema: string, s: string, migration: Migration): Promise<boolean> => {
  // Held to the end of the transaction. Also before `create schema if not exists`, which two sessions cannot run at once.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`souk.migrate:${schema}`])
  const newest = await appliedUpTo(tx, schema, s)
  const known = MIGRATIONS.at(-1)?.id ?? 0
  if (newest > known) {
    throw new StorageError(
      'DATABASE_NEWER',
      `The database is at migration ${newest}, this version of Souk knows ${known}. Run the newer version again, or restore a backup.`,
    )
  }
  if (newest >= migration.id) return false
  for (const statement of migration.statements(s)) await tx.query(statement)
  await tx.query(`insert into ${s}.migration (id, name) values ($1::int, $2)`, [migration.id, migration.name])
  return true
}

const appliedUpTo = async (tx: Queryable, schema: string, s: string): Promise<number> => {
  const existing = await tx.query(
    'select 1 from information_schema.tables where table_schema = $1 and table_name = $2',
    [schema, 'migration'],
  )
  if (existing.length === 0) {
    await tx.query(`create schema if not exists ${s}`)
    await tx.query(migrationTable(s))
    return 0
  }
  const [row] = await tx.query(`select coalesce(max(id), 0)::text as id from ${s}.migration`)
  return Number((row as { id: unknown }).id)
}
