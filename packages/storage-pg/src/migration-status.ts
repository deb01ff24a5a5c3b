import { isRecord, StorageError } from '@souk/server-adapter/storage'
import { MIGRATIONS } from '../migrations'
import type { Database } from './database'
import type { MigrateOptions } from './migrate'
import { DEFAULT_SCHEMA, quoteSchema } from './schema-name'
import { withStorageErrors } from './with-storage-errors'

export interface MigrationStatus {
  readonly schema: string
  /** In the order they ran. */
  readonly applied: readonly { readonly id: number; readonly name: string; readonly appliedAt: Date }[]
  /** Names of the steps that `migrate` would run. */
  readonly pending: readonly string[]
  /** Whether a newer version of Souk migrated it, which this one will not touch. */
  readonly newer: boolean
  /** Whether row security holds, so that `createPostgresStorage` needs `rowSecurity: true`. */
  readonly rowSecurity: boolean
}

/** Reads how far a database is migrated, and changes nothing. */
export const migrationStatus = async (database: Database, options: MigrateOptions = {}): Promise<MigrationStatus> => {
  const schema = options.schema ?? DEFAULT_SCHEMA
  const s = quoteSchema(schema)
  const reader = withStorageErrors(database)
  const tables = await reader.query(
    `select c.relname as name, c.relrowsecurity as secured from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and c.relname in ('migration', 'app_installation')`,
    [schema],
  )
  const isThere = (name: string, secured?: boolean) =>
    tables.some((row) => isRecord(row) && row.name === name && (secured === undefined || row.secured === secured))
  const rows = isThere('migration')
    ? await reader.query(
        `select json_build_object('id', id, 'name', name, 'at', (extract(epoch from applied_at) * 1000)::bigint)::text as record
        from ${s}.migration order by id`,
      )
    : []
  const applied = rows.map(parseApplied)
  const newest = applied.at(-1)?.id ?? 0
  return {
    schema,
    applied,
    pending: MIGRATIONS.filter(({ id }) => id > newest).map(({ name }) => name),
    newer: newest > (MIGRATIONS.at(-1)?.id ?? 0),
    rowSecurity: isThere('app_installation', true),
  }
}

/**
 * The steps as one SQL script, for who may not let a program change tables. It does by hand what `migrate` does.
 *
 * @param after The number of the step the database is at; 0 for an empty one.
 */
export const migrationSql = (options: MigrateOptions & { readonly after?: number } = {}): string => {
  const s = quoteSchema(options.schema ?? DEFAULT_SCHEMA)
  const steps = MIGRATIONS.filter(({ id }) => id > (options.after ?? 0)).map((migration) =>
    [
      `-- ${migration.id} ${migration.name}`,
      'begin;',
      ...(migration.id === 1 ? [`create schema if not exists ${s};`, `${migrationTable(s)};`] : []),
      ...migration.statements(s).map((statement) => `${statement.trim()};`),
      // Names of steps are ours.
      `insert into ${s}.migration (id, name) values (${migration.id}, '${migration.name}');`,
      'commit;',
    ].join('\n'),
  )
  return `${steps.join('\n\n')}\n`
}

/** The table that says which steps ran. */
export const migrationTable = (s: string): string =>
  `create table ${s}.migration (id integer primary key, name text not null, applied_at timestamptz not null default now())`

const parseApplied = (row: unknown): MigrationStatus['applied'][number] => {
  const record: unknown = isRecord(row) && typeof row.record === 'string' ? JSON.parse(row.record) : undefined
  if (
    !isRecord(record) ||
    typeof record.id !== 'number' ||
    typeof record.name !== 'string' ||
    typeof record.at !== 'number'
  )
    throw new StorageError('CORRUPT_ROW', 'A row of the table migration cannot be read. Restore it from a backup.')
  return { id: record.id, name: record.name, appliedAt: new Date(record.at) }
}
