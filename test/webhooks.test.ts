import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import { type Caller, createSouk, type SoukApi, type TriggerEvents } from '@souk/server-adapter'
import { toNodeListener } from '@souk/server-adapter/node'
import { createProcessRuntime } from '@souk/server-adapter/runtime'
import { createMemoryStorage } from '@souk/server-adapter/storage'
import { expect, onTestFinished, test } from 'vitest'
import { createService as createShop } from '../examples/extensions/shop-admin/fake/service'
import { createService as createChat } from '../examples/extensions/team-chat/fake/service'

const ADMIN: Caller = { userId: 'ada', organizationId: 'org', role: 'admin' }
const REVIEWER: Caller = { userId: 'rex', organizationId: 'ops', role: 'member', reviewer: true }

const listen = async (fetch: (request: Request) => Promise<Response>): Promise<string> => {
  const server = createServer(toNodeListener({ fetch }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // It listens on a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A product at an address of its own, beside a service, with a port for events. */
const startProduct = async (host: string, service: { fetch(request: Request): Promise<Response> }) => {
  const accepted: TriggerEvents[] = []
  const port = { isDown: false }
  const runtime = createProcessRuntime({ egress: { developmentHosts: { [host]: await listen(service.fetch) } } })
  // The address is known only when it listens.
  let handle = async (_request: Request): Promise<Response> => new Response(null, { status: 503 })
  const origin = await listen((request) => handle(request))
  const souk = createSouk({
    storage: createMemoryStorage(),
    authenticate: () => null,
    secrets: { current: { id: 'k', key: Buffer.alloc(32, 1).toString('base64') } },
    runtime,
    sandbox: { isolation: 'origin', origin: 'http://*.sandbox.test:4401', hostOrigins: [origin] },
    onError: () => {},
    onTriggerEvents(events) {
      if (port.isDown) throw new Error('The queue is full.')
      accepted.push(events)
    },
  })
  handle = souk.fetch
  onTestFinished(() => souk.close())
  return { api: souk.api, accepted, port }
}

const install = async (api: SoukApi, name: string) => {
  const outDir = await mkdtemp(`${tmpdir()}/souk-webhooks-`)
  onTestFinished(() => rm(outDir, { recursive: true, force: true }))
  const cwd = fileURLToPath(new URL(`../examples/extensions/${name}`, import.meta.url))
  const { manifest, listing, client, server } = await build({ cwd, outDir, typeCheck: false })
  const { id: developerAccountId } = await api.createDeveloperAccount(ADMIN, { body: { slug: 'dev', title: 'Dev' } })
  await api.createApp(ADMIN, { body: { developerAccountId, slug: name, ...listing } })
  const upload = async (type: 'client' | 'server', path: string) => {
    const body = new Uint8Array(await readFile(path))
    const sha256 = createHash('sha256').update(body).digest('hex')
    await api.uploadBundle(ADMIN, { params: { slug: name, type, sha256 }, body })
    return sha256
  }
  const { id, appId } = await api.createDeployment(ADMIN, {
    params: { slug: name },
    body: {
      manifest,
      clientSha256: await upload('client', client.path),
      serverSha256: await upload('server', server?.path ?? ''),
      deploymentType: 'production',
    },
  })
  const step = { params: { id }, body: {} }
  await api.submitDeployment(ADMIN, step)
  await api.startReview(REVIEWER, step)
  await api.approveDeployment(REVIEWER, step)
  await api.publishDeployment(ADMIN, step)
  const installation = await api.install(ADMIN, {
    body: {
      appId,
      deploymentId: id,
      grantedScopes: manifest.scopes.map((scope) => scope.id),
      grantedEgress: manifest.egress.server.map((rule) => rule.host),
    },
  })
  await api.saveSettings(ADMIN, {
    params: { id: installation.id, scope: 'organization' },
    body: { values: { token: 'secret' } },
  })
  return installation
}

test('a shop that somebody connects sends signed events to the product, until it is disconnected', async () => {
  const shop = createShop('secret', { refusedTopics: ['gift-card.created', 'gift-card.updated'] })
  const { api, accepted, port } = await startProduct('api.stallholder.example', shop)
  const { id } = await install(api, 'shop-admin')
  const connect = { params: { id }, body: { definitionId: 'shop-events' } }
  const { connection } = await api.connect(ADMIN, connect)
  if (!connection) throw new Error('Nothing was connected.')
  const connectionId = connection.id
  const { connections } = await api.listConnections(ADMIN, { params: { id } })
  expect(connections).toMatchObject([{ id: connectionId, label: 'Northwind Outdoors, 20 of 22 events' }])
  expect(shop.webhooks.size).toBe(20)

  port.isDown = true
  expect(await shop.tell('order.created', [{ total: 10 }, { total: 20 }], ['o-1', 'o-2'])).toEqual([503])
  port.isDown = false
  const again = () => shop.tell('order.created', [{ total: 10 }, { total: 20 }], ['o-1', 'o-2'])
  expect([await again(), await again()]).toEqual([[200], [200]])
  expect(accepted).toMatchObject([
    {
      organizationId: 'org',
      installationId: id,
      triggerId: 'shop-event',
      connectionId,
      events: [
        { id: 'o-1', topic: 'order.created', data: { total: 10 } },
        { id: 'o-2', topic: 'order.created', data: { total: 20 } },
      ],
    },
  ])

  // Nearly the largest body there may be.
  expect(await shop.tell('product.updated', [{ text: 'x'.repeat(1_000_000) }])).toEqual([200])
  expect(accepted.pop()?.events).toMatchObject([{ data: { text: expect.stringMatching(/^x{1000000}$/) } }])

  const forged = [...shop.webhooks.values()].map((webhook) => ({ ...webhook, secret: 'forged' }))
  for (const [index, key] of [...shop.webhooks.keys()].entries()) {
    const kept = shop.webhooks.get(key)
    const wrong = forged[index]
    if (!kept || !wrong || kept.topic !== 'order.updated') continue
    shop.webhooks.set(key, wrong)
    expect(await shop.tell('order.updated', [{}])).toEqual([401])
    shop.webhooks.set(key, kept)
    expect(await shop.tell('order.updated', [{}])).toEqual([200])
  }
  expect(accepted).toHaveLength(2)

  const urls = [...new Set([...shop.webhooks.values()].map(({ url }) => url))]
  await api.disconnect(ADMIN, { params: { id, connectionId } })
  expect(shop.webhooks.size).toBe(0)
  expect(await Promise.all(urls.map(async (url) => (await fetch(url, { method: 'POST' })).status))).toEqual([404])

  // An uninstall takes back the same.
  await api.connect(ADMIN, connect)
  const [webhook] = shop.webhooks.values()
  await api.uninstall(ADMIN, { params: { id }, body: {} })
  expect(shop.webhooks.size).toBe(0)
  const left = await fetch(webhook?.url ?? '', { method: 'POST' })
  expect([404, 410]).toContain(left.status)
})

test('a chat tries the URL with a challenge before it sends mentions to it', async () => {
  const chat = createChat()
  const { api, accepted } = await startProduct('api.parley.example', chat)
  const { id } = await install(api, 'team-chat')
  expect(chat.subscription?.url).toMatch(/\/api\/souk\/webhooks\/[\w-]{43}$/)
  expect(await chat.mention('@desk Where is it?', '@desk And now?')).toBe(200)
  expect(accepted).toMatchObject([
    { installationId: id, triggerId: 'mention', events: [{ text: '@desk Where is it?' }, { text: '@desk And now?' }] },
  ])
  const { url = '' } = chat.subscription ?? {}
  await api.uninstall(ADMIN, { params: { id }, body: {} })
  expect(chat.subscription).toBeUndefined()
  expect((await fetch(url, { method: 'POST' })).status).toBe(410)
})
