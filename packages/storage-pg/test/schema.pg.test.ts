import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { dumpSchema } from '../scripts/dump-schema'
import { createRealDatabase } from './support/real-database'

const { database, schema, end } = await createRealDatabase('souk_schema')
afterAll(end)

test('a real server has the schema of schema.sql', async () => {
  const file = await readFile(new URL('../schema.sql', import.meta.url), 'utf8')
  expect(await dumpSchema(database, schema)).toBe(file)
})
