import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Caller, createSouk, createTokenBucket } from '@souk/server-adapter'
import { toNodeListener } from '@souk/server-adapter/node'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createSandbox, type FrameAsset, type FrameAssets } from '@souk/server-adapter/sandbox'
import { createMemoryStorage } from '@souk/server-adapter/storage'
import type { Attack, Isolation, Realm } from '../attack'
import { hostileBoot, hostileBundle, type Target } from '../hostile-code'
import { type Collector, createCollector } from './collector'
import { createApiClient, createPublisher } from './publish'
import { SERVER_BUNDLE, SERVER_FUNCTIONS } from './server-functions'
import { VICTIM_BOOT, victimBundle } from './victim'

/** An attack with everything that was set up for it. */
export interface StagedAttack {
  readonly attack: Attack
  readonly token: string
  readonly installationId: string
  readonly collector: Collector
}

export interface Weakness {
  /** Changes what the sandbox answered. */
  readonly sandboxResponse?: (response: Response) => Response
  /** The sandbox answers on the product's own origin. */
  readonly onProductOrigin?: boolean
}

export interface WorldOptions {
  readonly mode: Isolation
  readonly attacks: readonly Attack[]
  /** The built page of the product. */
  readonly page: string
  /** Our frame scripts, and the same without the removal of dangerous globals. */
  readonly assets: { readonly worker?: FrameAssets; readonly unfiltered: FrameAssets }
  readonly weakness?: Weakness
}

export interface World {
  readonly url: string
  readonly secret: string
  readonly staged: readonly StagedAttack[]
  readonly victim: { readonly installationId: string; readonly slug: string }
  /** Installations that no attack may run anything for. */
  readonly others: readonly string[]
  /** Server functions that really ran, as `installation function arguments @milliseconds`. */
  readonly invoked: readonly string[]
  close(): Promise<void>
}

const PEOPLE: Readonly<Record<string, Caller>> = {
  admin: { userId: 'admin', organizationId: 'org-a', role: 'admin', name: 'Ada' },
  other: { userId: 'other', organizationId: 'org-b', role: 'admin', name: 'Bea' },
  developer: { userId: 'developer', organizationId: 'org-dev', role: 'admin' },
  reviewer: { userId: 'reviewer', organizationId: 'org-ops', role: 'member', reviewer: true },
}

const authenticate = (request: Request): Caller | null => {
  const [, name = ''] = /(?:^|; )session=([a-z]+)/.exec(request.headers.get('cookie') ?? '') ?? []
  return Object.hasOwn(PEOPLE, name) ? (PEOPLE[name] ?? null) : null
}

type Handler = (request: Request) => Promise<Response>

const listen = async (handler: Handler) => {
  const server = createServer(toNodeListener({ fetch: handler }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const asset = async (source: string): Promise<FrameAsset> => ({
  source,
  sha256: Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source))).toString('hex'),
})

const STYLES = new URL('../../../packages/host/dist/styles.css', import.meta.url)

/** A product with Souk in it, its sandbox, a victim, and one installation for each attack. All on loopback. */
export const createWorld = async (options: WorldOptions): Promise<World> => {
  const { mode, attacks, page, assets, weakness = {} } = options
  const closers: (() => Promise<unknown>)[] = []
  const secret = `SECRET${randomBytes(8).toString('hex')}`
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Product</title><link rel="stylesheet" href="/styles.css"></head><body style="margin:0"><div id="app"></div><script type="module" src="/page.js"></script></body></html>`
  const styles = await readFile(STYLES, 'utf8')

  // All that the README asks of a product's page. Nothing else there helps the cage.
  let framePolicy = ''
  let api: Handler = async () => new Response(null, { status: 503 })
  let serveSandbox: Handler = api
  const product = await listen(async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/')) return api(request)
    if (weakness.onProductOrigin && /^\/(?:frame|boot|b)\//.test(pathname)) return serveSandbox(request)
    if (pathname === '/page.js') return new Response(page, { headers: { 'content-type': 'text/javascript' } })
    if (pathname === '/styles.css') return new Response(styles, { headers: { 'content-type': 'text/css' } })
    if (pathname === '/secret')
      return new Response(authenticate(request) ? `${secret}-api` : 'nobody', {
        headers: { 'cache-control': 'no-store' },
      })
    return new Response(html, { headers: { 'content-type': 'text/html', 'content-security-policy': framePolicy } })
  })
  closers.push(product.close)
  const url = `http://localhost:${product.port}`

  const sandboxServer = await listen((request) => serveSandbox(request))
  closers.push(sandboxServer.close)
  const sandboxOrigin =
    mode === 'origin' ? `http://*.localhost:${sandboxServer.port}` : `http://127.0.0.1:${sandboxServer.port}`
  framePolicy = `frame-src ${weakness.onProductOrigin ? url : sandboxOrigin}`
  const sandboxOptions = { isolation: mode, origin: sandboxOrigin, hostOrigins: [url] }

  const storage = createMemoryStorage()
  const runtime = createProcessRuntime()
  const invoked: string[] = []
  const souk = createSouk({
    storage,
    authenticate,
    secrets: { current: { id: 'k1', key: randomBytes(32).toString('base64') } },
    runtime: {
      ...runtime,
      async invoke(call) {
        const index = invoked.push(
          `${call.installationId} ${call.functionId} ${call.args.slice(0, 200)} @${Math.round(performance.now())}`,
        )
        const outcome = await runtime.invoke(call)
        // What failed may be tried again with the same key.
        if (!outcome.ok) invoked[index - 1] += ' failed'
        return outcome
      },
    },
    sandbox: sandboxOptions,
    // Hundreds of apps are published here at once, by one developer.
    rateLimits: { requests: createTokenBucket({ burst: 100_000, perSecond: 1_000 }) },
    onError: () => {},
  })
  closers.push(() => souk.close())
  api = async (request) => {
    const response = await souk.fetch(request)
    if (!weakness.onProductOrigin) return response
    const text = (await response.text()).replaceAll(/http:\/\/[^"/]+\/frame\//g, `${url}/frame/`)
    return new Response(text, { status: response.status, headers: response.headers })
  }

  const send = createApiClient(api, `${url}/api/souk`)
  const publish = await createPublisher(send)
  const install = (person: string, app: { appId: string; deploymentId: string }): Promise<{ id: string }> =>
    send(person, 'POST /installations', { ...app, grantedScopes: [], grantedEgress: [] })

  const installVictim = async (person: string, slug: string) => {
    const app = await publish({
      slug,
      client: victimBundle(secret),
      server: SERVER_BUNDLE,
      functions: SERVER_FUNCTIONS,
      settings: { note: { type: 'string', label: 'Note', default: `${secret}-setting` } },
    })
    return { ...app, installationId: (await install(person, app)).id }
  }
  const victim = await installVictim('admin', 'victim')
  const silent = await installVictim('admin', 'silent')
  const foreign = await installVictim('other', 'foreign')

  const originOf = (installationId: string) => sandboxOrigin.replace('*', installationId)
  const realms = new Map<string, Realm>([[silent.installationId, 'frame']])
  const boots: Parameters<typeof hostileBoot>[0][number][] = []
  const staged: StagedAttack[] = []
  for (const attack of attacks) {
    const collector = await createCollector()
    closers.push(collector.close)
    const token = randomBytes(8).toString('hex')
    const target: Target = {
      id: attack.id,
      token,
      collectorPort: collector.port,
      productOrigin: url,
      sandboxOrigin,
      victim: { ...victim, origin: originOf(victim.installationId) },
      silent: { ...silent, origin: originOf(silent.installationId) },
      foreign: { ...foreign, origin: originOf(foreign.installationId) },
    }
    const app = await publish({
      slug: attack.id,
      client: hostileBundle(attack.realm === 'frame' ? { code: '' } : attack, target),
      ...(attack.theme === 'server' ? { server: SERVER_BUNDLE, functions: SERVER_FUNCTIONS } : {}),
    })
    const { id: installationId } = await install('admin', app)
    realms.set(installationId, attack.realm ?? 'worker')
    if (attack.realm === 'frame') boots.push({ attack, target, installationId })
    staged.push({ attack, token, installationId, collector })
  }

  const boot = await asset(VICTIM_BOOT(silent.installationId, secret) + hostileBoot(boots))
  const hostile: FrameAssets = { boot, worker: assets.unfiltered.worker }
  const sandboxOf = (loadAssets?: () => Promise<FrameAssets>) =>
    createSandbox({ storage, ...sandboxOptions, ...(loadAssets ? { loadAssets } : {}) })
  const real = assets.worker
  const sandboxes = {
    worker: sandboxOf(real && (async () => real)),
    unfiltered: sandboxOf(async () => assets.unfiltered),
    frame: sandboxOf(async () => hostile),
  }
  const answer = async (request: Request): Promise<Response> => {
    const [, installationId] = /^\/frame\/([^/]+)\//.exec(new URL(request.url).pathname) ?? []
    if (installationId !== undefined) return sandboxes[realms.get(installationId) ?? 'worker'].fetch(request)
    // Scripts have their hash for a name, so whoever has it may answer.
    for (const sandbox of Object.values(sandboxes)) {
      const response = await sandbox.fetch(request)
      if (response.status === 200) return response
    }
    return sandboxes.worker.fetch(request)
  }
  serveSandbox = async (request) => {
    const response = await answer(weakness.onProductOrigin ? asOnSandbox(request, sandboxOrigin) : request)
    return weakness.sandboxResponse ? weakness.sandboxResponse(response) : response
  }

  return {
    url,
    secret,
    staged,
    victim: { installationId: victim.installationId, slug: 'victim' },
    others: [victim, silent, foreign].map(({ installationId }) => installationId),
    invoked,
    async close() {
      for (const close of closers.reverse()) await close()
    },
  }
}

/** The request as the sandbox would have received it on its own origin. */
const asOnSandbox = (request: Request, sandboxOrigin: string): Request => {
  const { pathname } = new URL(request.url)
  // In origin mode the name of the host has to be an installation's; scripts are the same under every one.
  const [, id = 'a'.repeat(26)] = /^\/frame\/([^/]+)\//.exec(pathname) ?? []
  const target = new URL(pathname, sandboxOrigin.replace('*', id))
  return new Request(target, { method: request.method, headers: { host: target.host } })
}
