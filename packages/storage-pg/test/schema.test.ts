import { readFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'
import { dumpSchema } from '../scripts/dump-schema'
import { fromPglite } from '../src/from-pglite'
import { migrate } from '../src/migrate'

const pglite = await PGlite.create()
const database = fromPglite(pglite)
afterAll(() => pglite.close())
const file = await readFile(new URL('../schema.sql', import.meta.url), 'utf8')

test('schema.sql is what the migrations make; if not, run npm run schema -w @souk/storage-pg', async () => {
  await migrate(database)
  expect(await dumpSchema(database, 'souk')).toBe(file)
})

test('schema.sql makes the same schema again', async () => {
  await pglite.exec('drop schema if exists souk cascade')
  await pglite.exec(file)
  expect(await dumpSchema(database, 'souk')).toBe(file)
})

test('the schema may have another name, and a name that is not one is refused', async () => {
  await migrate(database, { schema: 'user' })
  expect(await dumpSchema(database, 'user')).toBe(file)
  for (const schema of ['', 'Souk', 'a"b', 'a;drop', '1a', 'pg_souk', 'a'.repeat(64), 'a-b', 'a b'])
    await expect(migrate(database, { schema })).rejects.toMatchObject({ code: 'INVALID_SCHEMA_NAME' })
})
