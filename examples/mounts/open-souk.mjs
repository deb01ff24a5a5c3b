import { createSouk } from '@souk/server-adapter'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createPostgresStorage, fromPglite, migrate, openEmbeddedDatabase } from '@souk/storage-pg'
import { readSession } from './session.mjs'

/** Souk on an embedded database in a folder: what is the same on every framework. */
export const openSouk = async () => {
  const { pglite, close } = await openEmbeddedDatabase(process.env.DATA_DIR ?? '.data')
  const database = fromPglite(pglite)
  await migrate(database)
  const souk = createSouk({
    storage: createPostgresStorage({ database }),
    runtime: createProcessRuntime({}),
    secrets: { current: { id: '2026', key: process.env.SOUK_SECRET_KEY } },
    sandbox: { isolation: 'origin', origin: 'http://*.localhost:4501', hostOrigins: ['http://localhost:4500'] },
    authenticate: (request) => readSession(request.headers.get('cookie')),
  })
  const end = async () => {
    await souk.close()
    await close()
  }
  return { souk, close: end }
}
