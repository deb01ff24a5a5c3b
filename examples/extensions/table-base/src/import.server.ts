import { type FileHandle, InvalidInputError, readFile } from '@souk/extension-sdk/server'
import { parseCsv } from './parse-csv'
import { addRow, list } from './tables.server'

const MAX_ROWS = 200

/** Adds a row for each line of a CSV file whose first line names fields of the table. */
export const importRows = async (base: string, table: string, handle: FileHandle): Promise<number> => {
  const file = await readFile(handle, { accept: ['.csv', 'text/csv'], maxBytes: 1024 * 1024 })
  const [header = [], ...rows] = parseCsv(await file.text())
  const fields = await list(base, table)
  const unknown = header.filter((name) => !fields.includes(name))
  if (unknown.length > 0 || header.length === 0)
    throw new InvalidInputError(`The first line of ${file.name} has to name fields of ${table}: ${fields.join(', ')}.`)
  if (rows.length > MAX_ROWS) throw new InvalidInputError(`${file.name} has more than ${MAX_ROWS} rows.`)
  for (const row of rows)
    await addRow(base, table, Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
  return rows.length
}
