import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly method: string
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string
}

type Answer = readonly [status: number, body?: unknown]

export const API_KEY = 'souk_test_key'

const problem = (status: number, code: string, message: string, more: object = {}): Answer => [
  status,
  { type: 'about:blank', title: code, status, detail: message, code, message, ...more },
]

/** What an app has before its developer says more. */
const LISTING = {
  id: 'app-1',
  title: '',
  description: '',
  category: null,
  tags: [],
  avatarUrl: null,
  overview: null,
  contentHowItWorks: null,
  contentConfigure: null,
  screenshots: [],
  websiteUrl: null,
  documentationUrl: null,
  supportUrl: null,
  termsUrl: null,
  publicationStatus: 'draft',
  reviewStatus: null,
  verified: false,
  autoApprove: false,
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export interface FakeMarketplaceOptions {
  readonly accounts?: readonly { readonly id: string; readonly slug: string; readonly title: string }[]
  /** Answers instead of the marketplace, by `METHOD path`. */
  readonly override?: Readonly<Record<string, Answer>>
}

/** The developer's part of the API, with just enough of a memory to be deployed to. */
export const startFakeMarketplace = async (options: FakeMarketplaceOptions = {}) => {
  const { accounts = [{ id: 'dev-1', slug: 'acme', title: 'Acme' }], override = {} } = options
  const received: Received[] = []
  const apps = new Map<string, object>()
  const bundles = new Set<string>()
  const deployments: { id: string; content: string; body: Record<string, unknown> }[] = []

  const deploy = (text: string): Answer => {
    const body = JSON.parse(text) as Record<string, unknown>
    const same = deployments.find((item) => item.content === text)
    if (same) return [200, same.body]
    const { manifest, deploymentType, targetOrganizationId = null } = body
    const deployment = {
      id: `deployment-${deployments.length + 1}`,
      appId: 'app-1',
      version: (manifest as { version: string }).version,
      status: 'active',
      deploymentType,
      targetOrganizationId,
      rejectionReason: null,
      clientBundleId: 'b',
      serverBundleId: null,
      manifest,
      releaseNotes: null,
      createdAt: '2026-01-02T03:04:05.000Z',
      createdBy: 'ada',
      reviewedAt: null,
      publishedAt: null,
      rollout: null,
    }
    deployments.push({ id: deployment.id, content: text, body: deployment })
    return [201, deployment]
  }

  const route = ({ method, path, body }: Received): Answer => {
    const [, root, first, slug = '', kind, type, hash] = path.split('/')
    if (root !== 'developer') return problem(404, 'NOT_FOUND', 'There is nothing here.')
    if (first === 'accounts')
      return [200, { items: accounts.map((account) => ({ logoUrl: null, ...account })), nextCursor: null }]
    if (first === 'apps' && method === 'POST' && !slug) {
      const app = { ...LISTING, ...(JSON.parse(body) as { slug: string }) }
      apps.set(app.slug, app)
      return [201, app]
    }
    if (first === 'apps' && !apps.has(slug)) return problem(404, 'NOT_FOUND', 'There is no such app.')
    if (first === 'apps' && !kind) return [200, apps.get(slug)]
    if (kind === 'bundles') {
      if (method === 'GET')
        return bundles.has(`${type}/${hash}`)
          ? [200, { id: 'b', sha256: hash, sizeBytes: 1 }]
          : problem(404, 'NOT_FOUND', 'There is no such bundle.')
      if (createHash('sha256').update(body).digest('hex') !== hash)
        return problem(422, 'BUNDLE_HASH_MISMATCH', 'The bytes have another hash.')
      bundles.add(`${type}/${hash}`)
      return [200, { id: 'b', sha256: hash, sizeBytes: body.length }]
    }
    if (kind === 'deployments' && method === 'POST') return deploy(body)
    if (kind === 'deployments') return [200, { items: deployments.map((item) => item.body), nextCursor: null }]
    const deployment = deployments.find((item) => item.id === slug)
    if (first === 'deployments' && deployment && kind === 'submit') {
      deployment.body.status = 'pending-review'
      return [200, deployment.body]
    }
    if (first === 'deployments' && kind === 'publish')
      return problem(409, 'PUBLISH_CHECKS_FAILED', 'The app does not pass the checks.', {
        checks: [{ code: 'X', field: 'overview', severity: 'error', message: 'It is empty.', fix: 'Write one.' }],
      })
    return problem(404, 'NOT_FOUND', 'There is nothing here.')
  }

  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').replace(/^\/api\/souk/, '').replace(/\?.*$/, '')
    const method = request.method ?? ''
    const message = { method, path, contentType: request.headers['content-type'], body: await readBody(request) }
    received.push(message)
    const isKnown = request.headers.authorization === `Bearer ${API_KEY}`
    const [status, body] = !isKnown
      ? problem(401, 'UNAUTHENTICATED', 'The API key is not known.', { traceId: 'trace-1' })
      : (override[`${method} ${path}`] ?? route(message))
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  // A TCP server that listens has an address with a port.
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/api/souk`
  return { url, received, env: { SOUK_URL: url, SOUK_API_KEY: API_KEY } }
}
