import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Caller, createSouk, type RateLimiter } from '@souk/server-adapter'
import { toNodeListener } from '@souk/server-adapter/node'
import { createPostgresStorage, fromPool, migrate } from '@souk/storage-pg'
import { Hono } from 'hono'
import pg from 'pg'

const ADMIN: Caller = { userId: 'ada', organizationId: 'acme', role: 'admin', reviewer: true }
const unlimited: RateLimiter = { take: () => ({ ok: true }) }

const listen = async (server: { fetch(request: Request): Promise<Response> }) => {
  const http = createServer(toNodeListener(server))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = http.address() as AddressInfo
  const close = () => {
    http.closeAllConnections()
    http.close()
  }
  return { origin: `http://127.0.0.1:${port}`, close }
}

/** Souk with one published and installed app, and beside it a bare handler that answers one row by its primary key, on the same pool. */
export const createProduct = async (connectionString: string, apps: number) => {
  const pool = new pg.Pool({ connectionString, max: 10 })
  const database = fromPool(pool)
  await migrate(database)
  const souk = createSouk({
    storage: createPostgresStorage({ database }),
    authenticate: () => ADMIN,
    secrets: { current: { id: 'k', key: randomBytes(32).toString('base64') } },
    // What a function costs is measured by bench:functions; here it answers at once.
    runtime: {
      load: async () => {},
      invoke: async () => ({ ok: true, result: '1', durationMs: 0, logs: [] }),
      unload: async () => {},
      stats: () => ({ processes: 0, calls: 0, kills: 0 }),
      dispose: async () => {},
    },
    sandbox: { isolation: 'origin', origin: 'http://*.sandbox.test', hostOrigins: ['http://product.test'] },
    rateLimits: {
      requests: unlimited,
      functionCalls: unlimited,
      installationCalls: unlimited,
      appCalls: unlimited,
    },
  })
  const { api } = souk
  const account = await api.createDeveloperAccount(ADMIN, { body: { slug: 'bench', title: 'Bench' } })
  const publish = async (slug: string) => {
    const app = await api.createApp(ADMIN, {
      body: {
        developerAccountId: account.id,
        slug,
        title: slug,
        description: 'An app to be measured with. '.repeat(5),
        category: 'Commerce',
        overview: 'It stands in the catalogue and answers.',
      },
    })
    const body = new TextEncoder().encode(`// ${slug}`)
    const sha256 = createHash('sha256').update(body).digest('hex')
    for (const type of ['client', 'server']) await api.uploadBundle(ADMIN, { params: { slug, type, sha256 }, body })
    const { id } = await api.createDeployment(ADMIN, {
      params: { slug },
      body: {
        manifest: {
          manifestVersion: 1,
          id: slug,
          version: '1.0.0',
          protocolVersion: 1,
          scopes: [],
          egress: { server: [] },
          surfaces: [{ kind: 'record.widgets', id: 'w', label: 'Widget' }],
          settings: { organization: {}, user: { compact: { type: 'boolean', label: 'Compact', default: true } } },
          functions: [{ id: 'src/a.server.ts#run', callable: true }],
        },
        clientSha256: sha256,
        serverSha256: sha256,
        deploymentType: 'production',
      },
    })
    const step = { params: { id }, body: {} }
    await api.submitDeployment(ADMIN, step)
    await api.startReview(ADMIN, step)
    await api.approveDeployment(ADMIN, step)
    await api.publishDeployment(ADMIN, step)
    return { appId: app.id, deploymentId: id }
  }
  const first = await publish('bench-app')
  for (let i = 1; i < apps; i++) await publish(`bench-app-x${i}`)
  const installation = await api.install(ADMIN, { body: { ...first, grantedScopes: [], grantedEgress: [] } })

  const bare = new Hono()
  bare.get('/row', async (c) => {
    const { rows } = await pool.query('select id, slug, title from souk.app where id = $1', [first.appId])
    return c.json(rows[0])
  })
  const [soukServer, bareServer] = [await listen(souk), await listen({ fetch: async (request) => bare.fetch(request) })]
  return {
    souk: soukServer.origin,
    bare: bareServer.origin,
    installationId: installation.id,
    async close() {
      soukServer.close()
      bareServer.close()
      await souk.close()
      await pool.end()
    },
  }
}

export type Product = Awaited<ReturnType<typeof createProduct>>
