import { DEFAULT_LIMITS } from '@souk/extension-sdk/protocol'
import { createSoukClient, type Souk } from '@souk/host'
import { toNodeListener } from '@souk/server-adapter/node'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { afterEach, expect, test, vi } from 'vitest'
import { defineApp } from '../../packages/extension-sdk/src/app/define-app'
import { createServerFunction, withOptions } from '../../packages/extension-sdk/src/client/create-server-function'
import { createExtensionSession } from '../../packages/host/src/surfaces/extension-session'
import { createOverlays } from '../../packages/host/src/surfaces/overlays'
import { testRegistry } from '../../packages/host/src/testing/test-registry'
import { listen } from '../../packages/server-adapter/test/http/listen'
import { createManifest, createWorld } from '../../packages/server-adapter/test/support/create-world'
import { createRuntimes, hostContext, installed, record } from './support/page'

/** Who gives a call up ends it everywhere: extension, bridge, page, HTTP, server, and the function in its own process. */

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const id = (name: string) => `src/orders.server.ts#${name}`

/** As `souk build` would write it; what one call leaves in a global, the next one of the installation finds. */
const BUNDLE = `
const seen = []
const context = () => globalThis[Symbol.for('souk.server')].context()
export const functions = {
  __proto__: null,
  '${id('wait')}': () => new Promise((resolve, reject) => {
    const { signal } = context()
    seen.push('started')
    signal.addEventListener('abort', () => {
      seen.push('given up: ' + signal.reason.message)
      reject(signal.reason)
    })
  }),
  '${id('seen')}': () => seen,
}
`

/** An extension with one action, on a page whose server runs its functions in real processes. */
const setup = async (onTrigger: () => Promise<void>) => {
  const runtime = createProcessRuntime()
  const world = createWorld({ runtime })
  closing.push(() => world.souk.close())
  const { key } = await world.openAccount()
  const functions = ['wait', 'seen'].map((name) => ({ id: id(name), callable: true }))
  const serverSha256 = await world.upload('server', BUNDLE, key)
  const deployment = await world.deploy(key, createManifest('1.0.0', { functions }), { serverSha256 })
  await world.must(200, null, `POST /developer/deployments/${deployment.id}/submit`, { body: {}, key })
  await world.must(200, 'rex', `POST /review/deployments/${deployment.id}/start`, { body: {} })
  await world.must(200, 'rex', `POST /review/deployments/${deployment.id}/approve`, { body: {} })
  await world.must(200, null, `POST /developer/deployments/${deployment.id}/publish`, { body: {}, key })
  const installation = await world.install('ada', deployment)
  await world.configure('ada', installation.id, {
    apiUrl: 'https://orders.northwind.example',
    apiKey: 'nw_live_12345',
  })

  const server = await listen(toNodeListener(world.souk))
  closing.push(server.close)
  const client = createSoukClient({
    baseUrl: `${server.origin}/api/souk`,
    fetch: (url, init) =>
      fetch(url, { ...init, headers: { ...init?.headers, 'x-person': 'max', 'x-requested-with': 'test' } }),
  })
  const app = defineApp({ record: { actions: [{ id: 'main', label: 'Main', onTrigger }] } })
  const runtimes = createRuntimes({ [installation.id]: app })
  const overlays = createOverlays()
  closing.push(() => overlays.dispose())
  const session = createExtensionSession({
    extension: installed(installation.id, { surfaces: [{ kind: 'record.actions', id: 'main', label: 'Main' }] }),
    // Only what a session reads of it.
    getSouk: () => ({ registry: testRegistry, client, context: hostContext, services: {} }) as unknown as Souk,
    connect: runtimes.connect,
    limits: DEFAULT_LIMITS,
    overlays,
    report: () => {},
    hold: () => () => {},
  })
  closing.push(() => session.dispose())
  const seen = async () =>
    JSON.parse((await world.call('max', installation.id, '[]', { moduleHash: id('seen') })).body.result)
  return {
    session,
    seen,
    trigger: () => session.trigger({ kind: 'record.actions', surfaceId: 'main', context: record }),
  }
}

const wait = createServerFunction(id('wait'))

test('a call that the extension gives up is given up in the function itself', async () => {
  const giving = new AbortController()
  const ended: unknown[] = []
  const page = await setup(async () => {
    await withOptions(wait, { signal: giving.signal })().catch((error: { code?: unknown }) => ended.push(error.code))
  })
  const triggered = page.trigger()
  await vi.waitFor(async () => expect(await page.seen()).toEqual(['started']), { timeout: 20_000, interval: 100 })
  expect(ended).toEqual([])
  giving.abort()
  await triggered
  expect(ended).toEqual(['ABORTED'])
  await vi.waitFor(async () => expect(await page.seen()).toEqual(['started', 'given up: The caller has gone.']), {
    timeout: 20_000,
    interval: 100,
  })
})

test('a call whose extension is taken away is given up in the function too', async () => {
  const page = await setup(async () => {
    await wait()
  })
  const triggered = page.trigger().catch((error: { code?: unknown }) => error.code)
  await vi.waitFor(async () => expect(await page.seen()).toEqual(['started']), { timeout: 20_000, interval: 100 })
  page.session.dispose()
  await triggered
  await vi.waitFor(async () => expect(await page.seen()).toEqual(['started', 'given up: The caller has gone.']), {
    timeout: 20_000,
    interval: 100,
  })
})
