import { storageConformance } from '@souk/server-adapter/testing'
import { afterAll, test } from 'vitest'
import { createPostgresStorage } from '../src/create-postgres-storage'
import { createRealDatabase } from './support/real-database'

const { database, schema, end } = await createRealDatabase('souk_conformance')
afterAll(end)

storageConformance({ test, createStorage: () => createPostgresStorage({ database, schema }) })
