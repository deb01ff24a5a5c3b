import { isRecord, StorageError } from '@souk/server-adapter/storage'
import { MIGRATIONS } from '../../migrations'
import type { Database, Queryable } from '../database'
import { DEFAULT_SCHEMA, quoteSchema } from '../schema-name'
import { sqlState } from '../to-storage-error'
import { withStorageErrors } from '../with-storage-errors'
import type { ExportHeader } from './export-rows'
import { EXPORT_KINDS, EXPORT_TABLES, type ExportTable, isExportTable, JSON_COLUMNS } from './export-tables'

export interface ImportOptions {
  /** Where the tables stand. Default `souk`. */
  readonly schema?: string
}

/**
 * Restores what `exportRows` wrote, in one transaction: all of it or nothing. Ids stay what they were, so that secrets, addresses and
 * histories hold. An organization needs its apps to be there first; a developer account that is there already is left as it is.
 *
 * @param lines The lines of the file, without their ends.
 * @returns The header, and how many rows were restored.
 * @throws {StorageError} `EXPORT_INVALID` when the file is not whole or not ours; `CONFLICT` when a row of it exists, or one it needs does not.
 */
export const importRows = (
  database: Database,
  lines: AsyncIterable<string>,
  options: ImportOptions = {},
): Promise<ExportHeader & { readonly rows: number }> => {
  const s = quoteSchema(options.schema ?? DEFAULT_SCHEMA)
  // Lines can be read once, so nothing is tried again.
  return withStorageErrors({ ...database, retries: false }).transaction(async (tx) => {
    await tx.query(`select set_config('souk.restoring', 'on', true), set_config('souk.scope', 'platform', true)`)
    let header: ExportHeader | undefined
    let rows = 0
    let isWhole = false
    for await (const line of lines) {
      if (line === '') continue
      if (isWhole) throw invalid('it goes on after its end')
      const value = parseLine(line)
      if (!header) {
        header = parseHeader(value)
      } else if (value.end === true) {
        if (value.rows !== rows) throw invalid(`it announces ${String(value.rows)} rows and holds ${rows}`)
        isWhole = true
      } else {
        await restoreRow(tx, s, parseTable(value, header), line)
        rows++
      }
    }
    if (!header || !isWhole) throw invalid('its end is missing')
    await tx.query(`select set_config('souk.restoring', '', true), set_config('souk.scope', '', true)`)
    return { ...header, rows }
  })
}

/** What the columns hold that older exports do not have. */
const BEFORE: Readonly<Record<string, string>> = {
  channel: `'pinned'`,
  tags: `'{}'::text[]`,
  rollout_percent: '100',
  changes: `'{}'::json`,
}

const restoreRow = async (tx: Queryable, s: string, table: ExportTable, line: string): Promise<void> => {
  const columns: readonly string[] = EXPORT_TABLES[table]
  const isShared = table === 'developer_account' || table === 'developer_account_member'
  const values = columns.map((column) => {
    const value = JSON_COLUMNS.has(column) ? `(line.row ->> '${column}')::json` : `r.${column}`
    // What waits for a review goes to the end of the queue of this database.
    if (column === 'review_position')
      return `case when r.review_position is not null then nextval('${s}.review_position_seq') end`
    const before = BEFORE[column]
    if (before) return `coalesce(${value}, ${before})`
    return value
  })
  try {
    await tx.query(
      `insert into ${s}.${table} (${columns.join(', ')})
      select ${values.join(', ')}
      from (select $1::text::json -> 'row' as row) line, json_populate_record(null::${s}.${table}, line.row) r
      ${isShared ? 'on conflict do nothing' : ''}`,
      [line],
    )
  } catch (cause) {
    const state = sqlState(cause)
    if (state === '23503')
      throw new StorageError(
        'CONFLICT',
        `A row of ${table} needs one that is not here. Import the apps it belongs to first.`,
        { cause },
      )
    if (state === '23505')
      throw new StorageError(
        'CONFLICT',
        `A row of ${table} is here already. An export is restored only where it is missing.`,
        { cause },
      )
    // 22: a value no column can hold. 23: a rule of the data, such as the hash of a bundle.
    if (state?.startsWith('22') || state?.startsWith('23'))
      throw invalid(`a row of ${table} breaks a rule of the data`, cause)
    throw cause
  }
}

const parseLine = (line: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(line)
    if (isRecord(value)) return value
  } catch {
    // Said below.
  }
  throw invalid('a line of it is not JSON')
}

const parseHeader = ({ format, kind, name, migration }: Readonly<Record<string, unknown>>): ExportHeader => {
  if (format !== 'souk-export' || (kind !== 'app' && kind !== 'organization') || typeof name !== 'string')
    throw invalid('it does not begin as one')
  const known = MIGRATIONS.at(-1)?.id ?? 0
  if (typeof migration !== 'number' || migration > known)
    throw invalid(`its rows are of step ${String(migration)} and this version knows ${known}`)
  return { format, kind, name, migration }
}

const parseTable = ({ table, row }: Readonly<Record<string, unknown>>, { kind, name }: ExportHeader): ExportTable => {
  if (!isExportTable(table) || !Object.hasOwn(EXPORT_KINDS[kind], table) || !isRecord(row))
    throw invalid('a line of it is no row of an export of this kind')
  // A file that was changed does not write into another organization.
  if (kind === 'organization' && 'organization_id' in row && row.organization_id !== name)
    throw invalid(`a row of ${table} is of another organization`)
  return table
}

const invalid = (why: string, cause?: unknown): StorageError =>
  new StorageError('EXPORT_INVALID', `The file cannot be imported: ${why}. Nothing was changed. Export it again.`, {
    cause,
  })
