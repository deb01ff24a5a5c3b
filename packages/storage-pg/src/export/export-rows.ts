import { isRecord, StorageError } from '@souk/server-adapter/storage'
import { MIGRATIONS } from '../../migrations'
import type { BundleContents } from '../bundle-contents'
import type { Database, Queryable } from '../database'
import { DEFAULT_SCHEMA, quoteSchema } from '../schema-name'
import { withStorageErrors } from '../with-storage-errors'
import {
  EXPORT_KINDS,
  EXPORT_ORDER,
  EXPORT_TABLES,
  type ExportKind,
  type ExportTable,
  JSON_COLUMNS,
} from './export-tables'

export interface ExportOptions {
  /** `app`: its listing, developer account, bundles and deployments. `organization`: its installations, settings, history and logs. */
  readonly kind: ExportKind
  /** The slug of the app, or the id of the organization. */
  readonly name: string
  /** Where the tables stand. Default `souk`. */
  readonly schema?: string
  /** Needed when bytes of bundles stand in an object store: an export holds them. */
  readonly contents?: BundleContents
  /** Takes one line of the file, without its end; the next comes when this resolves. */
  readonly write: (line: string) => Promise<void>
}

/** The first line of an export. */
export interface ExportHeader {
  readonly format: 'souk-export'
  readonly kind: ExportKind
  readonly name: string
  /** The step of the schema its rows are of. */
  readonly migration: number
}

/**
 * Writes an app or an organization as lines of JSON, all as of one moment. Secrets stay sealed: they open only with the same keys.
 *
 * @returns How many rows were written; 0 when there is nothing of this name.
 * @throws {StorageError} `UNAVAILABLE`, `DATABASE_NOT_MIGRATED`; `CORRUPT_ROW` when bytes of a bundle are not where they should be.
 */
export const exportRows = async (database: Database, options: ExportOptions): Promise<number> => {
  const s = quoteSchema(options.schema ?? DEFAULT_SCHEMA)
  let rows = 0
  // Once: lines that were written cannot be taken back, so a collision is the caller's to repeat. A reader meets none.
  await withStorageErrors({ ...database, retries: false }).transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only')
    await tx.query(`select set_config('souk.scope', 'platform', true)`)
    const header: ExportHeader = {
      format: 'souk-export',
      kind: options.kind,
      name: options.name,
      migration: MIGRATIONS.at(-1)?.id ?? 0,
    }
    await options.write(JSON.stringify(header))
    // Keys of a kind are tables, by its type.
    const tables = Object.entries(EXPORT_KINDS[options.kind]) as [ExportTable, (s: string) => string][]
    for (const [table, where] of tables) rows += await exportTable(tx, s, table, where(s), options)
  })
  await options.write(JSON.stringify({ end: true, rows }))
  return rows
}

const FETCH: Readonly<Partial<Record<ExportTable, number>>> = { app_bundle: 1 }

const exportTable = async (
  tx: Queryable,
  s: string,
  table: ExportTable,
  where: string,
  { name, write, contents }: ExportOptions,
): Promise<number> => {
  const columns = EXPORT_TABLES[table]
    .map((column) => (JSON_COLUMNS.has(column) ? `r.${column}::text` : `r.${column}`))
    .join(', ')
  const cursor = `souk_export_${table}`
  // A cursor, so that an organization with millions of calls passes through in small parts.
  await tx.query(
    `declare ${cursor} no scroll cursor for
    select row_to_json(x)::text as record from (
      select ${columns} from ${s}.${table} r where ${where} order by ${EXPORT_ORDER[table]}
    ) x`,
    [name],
  )
  let count = 0
  for (;;) {
    const rows = await tx.query(`fetch ${FETCH[table] ?? 200} from ${cursor}`)
    if (rows.length === 0) break
    for (const row of rows) {
      const record = isRecord(row) ? row.record : undefined
      if (typeof record !== 'string')
        throw new StorageError('CORRUPT_ROW', `A row of ${table} cannot be read. Restore it.`)
      await write(`{"table":"${table}","row":${table === 'app_bundle' ? await withContent(record, contents) : record}}`)
      count++
    }
  }
  await tx.query(`close ${cursor}`)
  return count
}

const withContent = async (record: string, contents: BundleContents | undefined): Promise<string> => {
  const row: unknown = JSON.parse(record)
  if (!isRecord(row) || typeof row.content === 'string') return record
  const content = typeof row.id === 'string' ? await contents?.get(row.id) : undefined
  if (!content)
    throw new StorageError(
      'CORRUPT_ROW',
      `The bytes of bundle ${String(row.id)} are not in the database. Pass the object store they stand in as \`contents\`.`,
    )
  return JSON.stringify({ ...row, content: `\\x${Buffer.from(content).toString('hex')}` })
}
