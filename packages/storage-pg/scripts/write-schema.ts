import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite, migrate } from '../src'
import { dumpSchema } from './dump-schema'

const pglite = await PGlite.create()
const database = fromPglite(pglite)
await migrate(database)
await writeFile(new URL('../schema.sql', import.meta.url), await dumpSchema(database, 'souk'))
await pglite.close()
