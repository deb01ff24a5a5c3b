import { createSouk } from '@souk/server-adapter'
import { toNodeListener } from '@souk/server-adapter/node'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createSandbox } from '@souk/server-adapter/sandbox'
import { createMemoryStorage, type Storage } from '@souk/server-adapter/storage'
import { createPostgresStorage, fromPglite, openEmbeddedDatabase } from '@souk/storage-pg'

const sandbox = {
  isolation: 'origin',
  origin: 'http://*.localhost:4501',
  hostOrigins: ['http://localhost:4500'],
} as const
export const storage: Storage = createMemoryStorage()

export const souk = createSouk({
  storage,
  sandbox,
  runtime: createProcessRuntime({}),
  secrets: { current: { id: '1', key: '' } },
  authenticate: async (request) =>
    request.headers.has('cookie') ? { userId: 'a', organizationId: 'b', role: 'admin' } : null,
})

createSouk({
  storage,
  sandbox,
  runtime: createProcessRuntime({}),
  secrets: { current: { id: '1', key: '' } },
  // @ts-expect-error `owner` is not a role
  authenticate: async () => ({ userId: 'a', organizationId: 'b', role: 'owner' }),
})

export const listener = toNodeListener(souk)
export const handler = createSandbox({ storage, ...sandbox })

export const open = async (folder: string): Promise<Storage> => {
  const embedded = await openEmbeddedDatabase(folder)
  // @ts-expect-error there is no `pool` in an embedded database
  void embedded.pool
  return createPostgresStorage({ database: fromPglite(embedded.pglite) })
}

export const title = async () => {
  const app = await storage.apps.get('id')
  // @ts-expect-error an app may not be there
  return app.title
}
