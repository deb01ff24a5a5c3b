import { PGlite } from '@electric-sql/pglite'
import { storageConformance } from '@souk/server-adapter/testing'
import { afterAll, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { fromPglite } from '../src/from-pglite'
import { migrate } from '../src/migrate'

const pglite = await PGlite.create()
const database = fromPglite(pglite)
await migrate(database)
afterAll(() => pglite.close())

storageConformance({ test, createStorage: () => createPostgresStorage({ database }) })
