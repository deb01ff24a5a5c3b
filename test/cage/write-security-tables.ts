// Writes the tables of attacks into docs/security.md: npx tsx test/cage/write-security-tables.ts
import { readFile, writeFile } from 'node:fs/promises'
import { securityTables, TABLES_BEGIN, TABLES_END } from './security-tables'

const file = new URL('../../docs/security.md', import.meta.url)
const text = await readFile(file, 'utf8')
const begin = text.indexOf(TABLES_BEGIN)
const end = text.indexOf(TABLES_END)
if (begin < 0 || end < 0) throw new Error('docs/security.md has no marks between which the tables go.')
await writeFile(file, `${text.slice(0, begin)}${securityTables()}${text.slice(end + TABLES_END.length)}`)
