import type { Manifest, ToolEntry } from '@souk/extension-sdk/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { connectedManifest, createConnectedWorld } from './support/connected-app'
import { createManifest, createWorld, SECRET } from './support/create-world'

const FIND = 'src/find-order.tool.ts#findOrder'

const tool: ToolEntry = {
  id: 'find-order',
  name: 'Find an order',
  description: 'Finds an order by its number. Use it when somebody names one.',
  function: FIND,
  inputs: {
    type: 'object',
    properties: { number: { type: 'string', minLength: 1 } },
    required: ['number'],
    additionalProperties: false,
  },
  outputs: {
    type: 'object',
    properties: { status: { enum: ['open', 'sent'] } },
    required: ['status'],
    additionalProperties: false,
  },
  exampleOutput: { status: 'open' },
  idempotent: true,
  agent: { toolsetSlug: 'orders', summary: 'Finds orders' },
  action: { label: 'Find an order', surface: 'record.actions' },
}

const withTool = (base: Manifest, changes: Partial<ToolEntry> = {}): Manifest => ({
  ...base,
  functions: [...base.functions, { id: FIND, callable: false }],
  tools: [{ ...tool, ...changes }],
  toolsets: [{ slug: 'orders', name: 'Orders', description: 'All about orders.' }],
})

const install = async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const deployment = await world.publish(key, withTool(createManifest('1.0.0')))
  const installation = await world.install('ada', deployment)
  await world.configure('ada', installation.id, { apiUrl: 'https://orders.northwind.example', apiKey: SECRET })
  const address = `POST /installations/${installation.id}/tools/find-order`
  return {
    ...world,
    key,
    installation,
    address,
    body: (input: unknown, idempotencyKey = 'k1') => ({ body: { input, idempotencyKey } }),
  }
}

describe('a stranger', () => {
  test.each([
    ['of another organization', 'bea', 404, 'NOT_FOUND'],
    ['who is not signed in', null, 401, 'UNAUTHENTICATED'],
  ] as const)('%s runs no tool, and no code runs', async (_, who, status, code) => {
    const { send, address, body, calls } = await install()
    const answer = await send(who, address, body({ number: '7' }))
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(calls).toEqual([])
  })

  test('is offered no tool of another organization', async () => {
    const { send } = await install()
    expect((await send('bea', 'GET /tools')).body).toEqual({ items: [] })
    expect((await send(null, 'GET /tools')).status).toBe(401)
  })
})

test('tools are listed with all that an agent, a workflow or a person needs', async () => {
  const { send, installation } = await install()
  const { function: _, name, agent, action, ...offered } = tool
  expect((await send('max', 'GET /tools')).body.items).toEqual([
    {
      ...offered,
      title: name,
      appInstallationId: installation.id,
      appId: installation.appId,
      appTitle: 'Order lookup',
      needsConfiguration: false,
      requiresConnection: false,
      agent: { ...agent, toolsetName: 'Orders', toolsetDescription: 'All about orders.' },
      action: { ...action, requiresConfirmation: false },
    },
  ])
})

test('a tool runs as a server function does, and is logged as one', async () => {
  const { send, address, body, functions, calls, installation } = await install()
  functions[FIND] = (_, [input]) => ({ status: (input as { number: string }).number === '7' ? 'sent' : 'open' })
  const answer = await send('max', address, body({ number: '7' }))
  expect(answer.body).toMatchObject({ output: { status: 'sent' }, traceId: expect.any(String), durationMs: 3 })
  // The same wish twice is done once.
  expect((await send('max', address, body({ number: '7' }))).body.output).toEqual({ status: 'sent' })
  expect(calls.map(({ functionId }) => functionId)).toEqual([FIND])
  const { items } = (await send('ada', `GET /installations/${installation.id}/logs`)).body
  expect(items).toEqual([expect.objectContaining({ functionId: FIND, userId: 'max', outcome: 'ok' })])
})

test.each<[string, unknown, object]>([
  ['lacks a field', {}, { number: 'This is required.' }],
  ['has another type', { number: 7 }, { number: 'This must be string.' }],
  ['has a field more', { number: '7', admin: true }, { admin: 'There is no such field.' }],
])('an input that %s is refused before code runs', async (_, input, fields) => {
  const { send, address, body, calls } = await install()
  const answer = await send('max', address, body(input))
  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({ code: 'INVALID_INPUT', fields })
  expect(calls).toEqual([])
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['a list', []],
  ['another value', { status: 'stolen' }],
  ['a field more', { status: 'open', html: '<b>' }],
  ['a day', { status: new Date(0) }],
])('an output that is %s does not reach the product', async (_, output) => {
  const { send, address, body, functions } = await install()
  functions[FIND] = () => output
  expect((await send('max', address, body({ number: '7' }))).body.code).toBe('FUNCTION_FAILED')
})

test('a tool that is not there is refused, and its function cannot be called from the browser', async () => {
  const { send, installation, body, calls } = await install()
  const missing = await send('max', `POST /installations/${installation.id}/tools/other`, body({}))
  expect([missing.status, missing.body.code]).toEqual([404, 'FUNCTION_NOT_FOUND'])
  const call = { moduleHash: FIND, args: '[[1],{"number":2},"7"]', idempotencyKey: 'k' }
  expect((await send('max', `POST /installations/${installation.id}/functions`, { body: call })).body.code).toBe(
    'FUNCTION_NOT_FOUND',
  )
  expect(calls).toEqual([])
})

test.each<[string, Partial<ToolEntry>]>([
  ['whose function is not there', { function: 'src/other.tool.ts#x' }],
  ['of a toolset that is not there', { agent: { toolsetSlug: 'none' } }],
  ['whose schema refers to itself', { inputs: { type: 'object', properties: { a: { $ref: '#' } } } as never }],
  ['that needs a connection where there is none', { config: { requiresConnection: true } }],
  ['without a description', { description: '' }],
])('a manifest with a tool %s is refused', async (_, changes) => {
  const world = createWorld()
  const { key } = await world.openAccount()
  await expect(world.publish(key, withTool(createManifest('1.0.0'), changes))).rejects.toThrow(/INVALID_MANIFEST/)
})

describe('what requires a connection', () => {
  const worlds: { service: { stop(): unknown } }[] = []
  afterEach(async () => {
    for (const { service } of worlds.splice(0)) await service.stop()
  })

  test('is refused before code runs, with what to connect; and runs once it is connected', async () => {
    const manifest = (version: string) =>
      connectedManifest(version, {
        surfaces: [
          {
            kind: 'workflow.blocks',
            id: 'find',
            label: 'Find',
            execute: 'src/orders.server.ts#findOrders',
            config: { requiresConnection: true },
          },
        ],
      })
    const world = await createConnectedWorld({ manifest })
    worlds.push(world)
    world.functions['src/orders.server.ts#findOrders'] = () => 'found'
    const call = { moduleHash: 'src/orders.server.ts#findOrders', args: '[[]]', idempotencyKey: 'k' }
    const run = () => world.send('max', `POST /installations/${world.installation.id}/functions`, { body: call })
    const before = world.calls.length
    const refused = await run()
    expect([refused.status, refused.body.code]).toEqual([409, 'CONNECTION_NOT_FOUND'])
    expect(refused.body.details).toEqual({ connection: 'shop' })
    expect(world.calls.length).toBe(before)
    await world.connectShop()
    expect((await run()).status).toBe(200)
  })
})

test('a poll that gives no state is refused, for the next one would find everything again', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const base = createManifest('1.0.0')
  const id = 'src/orders.server.ts#findOrders'
  const trigger = {
    kind: 'workflow.triggers',
    id: 'new',
    label: 'New',
    execute: id,
    config: { polling: { intervalMinutes: 5 } },
  }
  const installation = await world.install('ada', await world.publish(key, { ...base, surfaces: [trigger] }))
  await world.configure('ada', installation.id, { apiUrl: 'https://orders.northwind.example', apiKey: SECRET })
  const poll = (idempotencyKey: string) =>
    world.send('max', `POST /installations/${installation.id}/functions`, {
      body: { moduleHash: id, args: '[[]]', idempotencyKey },
    })
  world.functions[id] = () => ({ events: [] })
  expect((await poll('a')).body.code).toBe('FUNCTION_FAILED')
  world.functions[id] = () => ({ events: [], state: { since: 1 } })
  expect((await poll('b')).status).toBe(200)
})
