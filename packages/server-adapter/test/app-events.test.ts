import type { PlainValue } from '@souk/extension-sdk/protocol'
import { afterEach, expect, test } from 'vitest'
import { createWebhookWorld, HOOK, webhookManifest } from './support/webhook-app'

type World = Awaited<ReturnType<typeof createWebhookWorld>>

const worlds: World[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.service.stop()
})

const NAMES = ['installed', 'uninstalled', 'settings-changed', 'connection-added', 'connection-removed'] as const
const idOf = (name: (typeof NAMES)[number]) => `src/events/${name}.event.ts#default`
const consent = {
  grantedScopes: ['tickets:read'],
  grantedEgress: ['orders.northwind.example', '*.shops.example', 'api.post.example'],
}

/** An app that is told of everything, at a version of its own, and what it was told. */
const open = async () => {
  const world = await createWebhookWorld()
  worlds.push(world)
  const manifest = webhookManifest('1.1.0')
  const events = NAMES.map((name) => ({ type: name.replace('-', '.') as never, function: idOf(name) }))
  const known = manifest.functions.filter(({ id }) => !id.endsWith('.event.ts#default'))
  const functions = [...known, ...NAMES.map((name) => ({ id: idOf(name), callable: false }))]
  const { id: deploymentId, appId } = await world.publish(world.key, { ...manifest, events, functions })
  await world.must(200, 'ada', `POST /installations/${world.installation.id}/upgrade`, {
    body: { deploymentId, ...consent },
  })
  const told: [event: unknown, user: string, accounts: readonly string[]][] = []
  for (const name of NAMES)
    world.functions[idOf(name)] = ({ context }, [event]) =>
      void told.push([event, context.user.id, (context.connections ?? []).map(({ definition }) => definition)])
  const place = `/installations/${world.installation.id}`
  const uninstall = () => world.must(200, 'ada', `POST ${place}/uninstall`, { body: {} })
  const reinstall = () => world.must(201, 'ada', 'POST /installations', { body: { appId, deploymentId, ...consent } })
  const connectOwn = async () =>
    (
      await world.must(200, 'max', `POST ${world.connections}`, {
        body: { definitionId: 'post-office', fields: { account: '7', key: 'key-of-max' } },
      })
    ).connection.id as string
  return { ...world, told, place, uninstall, reinstall, connectOwn }
}

test('an uninstall tells of each connection first, with the account in hand and for its owner, and then of itself; all of it again on return', async () => {
  const world = await open()
  const [plain, own] = [await world.connectPlain(), await world.connectOwn()]
  world.told.length = 0
  await world.uninstall()
  expect(world.told).toEqual([
    [{ type: 'connection.removed', connectionId: plain, connection: 'plain' }, 'ada', ['plain']],
    [{ type: 'connection.removed', connectionId: own, connection: 'post-office' }, 'max', ['post-office']],
    [{ type: 'uninstalled' }, 'ada', ['plain']],
  ])
  world.told.length = 0
  await world.reinstall()
  expect(world.told).toEqual([
    [{ type: 'installed' }, 'ada', ['plain']],
    [{ type: 'connection.added', connectionId: plain, connection: 'plain' }, 'ada', ['plain']],
    [{ type: 'connection.added', connectionId: own, connection: 'post-office' }, 'max', ['post-office']],
  ])
})

test('a handler that fails keeps nobody from disconnecting or uninstalling, and is in the logs', async () => {
  const world = await open()
  const id = await world.connectPlain()
  const { url } = await world.createHandler({ connectionId: id })
  const fail = () => {
    throw new Error('the service is down')
  }
  for (const name of NAMES) world.functions[idOf(name)] = fail
  await world.must(200, 'ada', `DELETE ${world.connections}/${id}`)
  expect(await world.deliver(url)).toMatchObject({ status: 404 })
  const { items } = await world.must(200, 'ada', `GET ${world.place}/logs?limit=1`)
  expect(items).toMatchObject([{ functionId: idOf('connection-removed'), outcome: 'error' }])
  expect(await world.uninstall()).toMatchObject({ status: 'uninstalled' })
})

test('a connection that is added may make a webhook, and one that is removed finds it, before it goes', async () => {
  const world = await open()
  const ask = async (call: (typeof world.calls)[number], operation: string, request: PlainValue) =>
    call.platform?.(operation, [request], new AbortController().signal)
  const seen: unknown[] = []
  world.functions[idOf('connection-added')] = async (call, [event]) => {
    const { connectionId } = event as { connectionId: string }
    seen.push(await ask(call, 'webhook.create', { webhook: 'orders', connectionId, metadata: { secret: 's' } }))
    return { label: 'Northwind Outdoors' }
  }
  world.functions[idOf('connection-removed')] = async (call) => void seen.push(await ask(call, 'webhook.list', {}))
  const id = await world.connectPlain()
  const { connections } = await world.must(200, 'ada', `GET ${world.connections}`)
  expect(connections).toMatchObject([{ id, label: 'Northwind Outdoors' }])
  const [{ url }] = seen as [{ url: string }]
  world.functions[HOOK] = () => ({ events: [{ id: '1' }] })
  expect(await world.deliver(url)).toMatchObject({ status: 200 })
  expect(world.accepted).toMatchObject([{ connectionId: id }])
  await world.must(200, 'ada', `DELETE ${world.connections}/${id}`)
  expect(seen[1]).toMatchObject([{ url, isActive: true }])
  expect(await world.deliver(url)).toMatchObject({ status: 404 })
})

test('saved settings are told of, and those that app code writes itself are not', async () => {
  const world = await open()
  await world.configure('ada', world.installation.id, { region: 'us' })
  expect(world.told).toEqual([[{ type: 'settings.changed', scope: 'organization' }, 'ada', []]])
  world.told.length = 0
  world.functions['src/orders.server.ts#findOrders'] = async ({ platform }) =>
    void (await platform?.('settings.write', ['organization', { region: 'eu' }], new AbortController().signal))
  expect(await world.call('ada', world.installation.id, '[]')).toMatchObject({ status: 200 })
  expect(world.told).toEqual([])
  const { values } = await world.must(200, 'ada', `GET ${world.place}/settings/organization`)
  expect(values).toMatchObject({ region: 'eu' })
})
