import { afterEach, describe, expect, test } from 'vitest'
import { createMemoryStorage } from '../src/storage'
import { createConnectedWorld, POST_OFFICE } from './support/connected-app'
import { ORIGIN } from './support/create-world'
import { createSoukOver } from './support/process-over'

type World = Awaited<ReturnType<typeof createConnectedWorld>>

const worlds: World[] = []
const open = async (options: Parameters<typeof createConnectedWorld>[0] = {}): Promise<World> => {
  const world = await createConnectedWorld(options)
  worlds.push(world)
  return world
}
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.service.stop()
})

const listOf = async (world: World, who: 'ada' | 'max' = 'ada') => world.must(200, who, `GET ${world.connections}`)

/** What the broker would attach, and what the function is told, in the last call. */
const lastCall = ({ calls }: World) => {
  const { context, egress } = calls.at(-1) ?? {}
  return { connections: context?.connections, egress, text: JSON.stringify(context) }
}

describe('with a real OAuth server', () => {
  test('an admin goes there and comes back: the account is connected, and its token is attached and told to nobody', async () => {
    const world = await open()
    const before = await listOf(world)
    expect(before.definitions).toMatchObject([
      { id: 'shop', type: 'oauth2-code', ready: true, mayConnect: true, hosts: ['{shop}.shops.example'] },
      { id: 'post-office', scope: 'user', revealed: true },
      { id: 'plain', type: 'none' },
    ])
    const { authorizationUrl } = (await world.begin('ada')).body
    const asked = new URL(authorizationUrl).searchParams
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256' })
    const id = await world.connectShop()
    const { connections } = await listOf(world)
    expect(connections).toMatchObject([{ id, label: 'northwind', status: 'active', connectedBy: 'ada' }])
    await world.call('max', world.installation.id, '["x"]')
    const { egress, connections: told, text } = lastCall(world)
    const name = 'connection northwind.shops.example'
    expect(egress?.rules[0]).toMatchObject({ host: 'northwind.shops.example', attach: { setting: name } })
    const header = egress?.credentials[name] ?? ''
    const token = header.replace('Bearer ', '')
    expect(await world.service.isActive(token)).toBe(true)
    expect(egress?.credentials[`${name} ${id}`]).toBe(header)
    expect(told).toMatchObject([{ id, definition: 'shop', status: 'active', variables: { shop: 'northwind' } }])
    expect(told?.[0]).not.toHaveProperty('value')
    expect(text).not.toContain(token)
    for (const answer of world.answered) expect(answer).not.toContain(token)
    const { items } = await world.must(200, 'ada', 'GET /audit?limit=1')
    expect(items).toMatchObject([
      {
        actorId: 'ada',
        action: 'organization-connection.write',
        resourceId: id,
        changes: {
          label: { before: null, after: 'northwind' },
          variables: { before: null, after: { shop: 'northwind' } },
          credential: { before: null, after: '[hidden]' },
        },
      },
    ])
    expect(JSON.stringify(world.errors)).not.toContain(token)
  })

  test('a state works once, for the person who began, and not for another; nothing is connected otherwise', async () => {
    const world = await open()
    const { authorizationUrl } = (await world.begin('ada')).body
    const back = await world.service.visit(authorizationUrl)
    expect(await world.comeBack(null, back)).toMatchObject({ status: 401 })
    // Somebody else's browser uses it up, and gets nothing.
    for (const who of ['bea', 'ada', 'max'] as const)
      expect(await world.comeBack(who, back)).toMatchObject({ status: 400, body: { code: 'CONNECTION_STATE_INVALID' } })
    for (const search of ['', '?state=', '?state=a&state=b', '?code=x', `?state=${'a'.repeat(43)}&code=x`])
      expect(await world.comeBack('ada', new URL(`${ORIGIN}/cb${search}`))).toMatchObject({ status: 400 })
    expect((await listOf(world)).connections).toEqual([])
  })

  test.each([
    ['the person says no', async (world: World) => world.service.say('no')],
    [
      'the developer took the client away',
      async (world: World) =>
        void (await world.must(200, null, 'PUT /developer/apps/order-lookup/oauth-clients/shop', {
          body: { clientId: 'souk-client', clientSecret: 'another-secret-0987654321' },
          key: world.key,
        })),
    ],
  ])('when %s, the product is told so, in no words of the service', async (_, spoil) => {
    const world = await open()
    const { authorizationUrl } = (await world.begin('ada')).body
    await spoil(world)
    const answer = await world.comeBack('ada', await world.service.visit(authorizationUrl))
    const location = new URL(answer.headers.get('location') ?? '', ORIGIN)
    expect(location.pathname).toBe('/apps')
    expect(location.searchParams.get('souk_connection_error')).toBe('CONNECTION_REFUSED')
    expect(location.searchParams.get('souk_reference')).toMatch(/^[a-z2-7]{26}$/)
    expect((await listOf(world)).connections).toEqual([])
  })

  test('many calls in several processes at once renew a token once, and all of them have the new one', async () => {
    // One storage, as processes share a database; each world is a process of its own.
    const storage = createMemoryStorage()
    const world = await open({ storage, accessTokenTtl: 2 })
    const id = await world.connectShop()
    const asked = world.service.tokenRequests.length
    const others = [1, 2, 3].map(() => createSoukOver(storage, world.service.origin))
    await expire(world, id)
    const answers = await Promise.all(
      [world, ...others].flatMap((process) => [1, 2, 3].map(() => process.call('ada', world.installation.id, '[]'))),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
    expect(world.service.tokenRequests.length - asked).toBe(1)
    const headers = [world, ...others].flatMap(({ calls }) =>
      calls.slice(-3).map(({ egress }) => egress.credentials['connection northwind.shops.example']),
    )
    expect(new Set(headers).size).toBe(1)
    expect(await world.service.isActive(headers[0]?.replace('Bearer ', '') ?? '')).toBe(true)
  })

  test('a connection that the service takes no more is marked, the function is told, and connecting again continues', async () => {
    const world = await open()
    const id = await world.connectShop()
    const { egress } = (await world.call('ada', world.installation.id, '[]')) && lastCall(world)
    await revokeAtService(world, egress?.credentials['connection northwind.shops.example'] ?? '')
    await expire(world, id)
    world.functions['src/orders.server.ts#findOrders'] = ({ context }) => {
      const [account] = context.connections ?? []
      if (account?.status === 'active') return 'orders'
      throw Object.assign(new Error('The shop has to be connected again.'), { code: 'CONNECTION_EXPIRED' })
    }
    const failed = await world.call('ada', world.installation.id, '[]')
    expect(failed).toMatchObject({
      status: 409,
      body: { code: 'CONNECTION_EXPIRED', details: { connection: 'shop', connectionId: id } },
    })
    expect((await listOf(world)).connections).toMatchObject([{ id, status: 'expired' }])
    expect(lastCall(world).egress?.rules.map(({ host }) => host)).not.toContain('northwind.shops.example')
    // The same account again: what depends on its id goes on.
    expect(await world.connectShop('ada', { connectionId: id, variables: undefined })).toBe(id)
    expect(await world.call('ada', world.installation.id, '[]')).toMatchObject({ status: 200 })
  })

  test('what app code says has expired is marked, and only a connection of its own', async () => {
    const world = await open()
    const id = await world.connectShop()
    const say = (connectionId: string) => {
      world.functions['src/orders.server.ts#findOrders'] = () => {
        throw Object.assign(new Error('401'), { code: 'CONNECTION_EXPIRED', details: { connectionId } })
      }
      return world.call('ada', world.installation.id, '[]')
    }
    await say('somebody-elses')
    expect((await listOf(world)).connections).toMatchObject([{ status: 'active' }])
    await say(id)
    expect((await listOf(world)).connections).toMatchObject([{ id, status: 'expired' }])
  })

  test('disconnecting tells the app while everything is there, revokes, and removes; connecting tells it too', async () => {
    const world = await open()
    const seen: unknown[] = []
    const look = async (call: (typeof world.calls)[number], [event]: readonly unknown[]) => {
      const [account] = call.context.connections ?? []
      const stored = await world.storage.connections.get('org-a', account?.id ?? '')
      await call.platform?.(
        'storage.set',
        [{ collection: '', connectionId: account?.id ?? '', key: 'hook', value: 1 }],
        new AbortController().signal,
      )
      seen.push([
        event,
        account?.status,
        stored !== null,
        'connection northwind.shops.example' in call.egress.credentials,
      ])
      return { label: 'Northwind Outdoors' }
    }
    world.functions['src/events/connection-added.event.ts#default'] = look
    world.functions['src/events/connection-removed.event.ts#default'] = look
    const id = await world.connectShop()
    expect((await listOf(world)).connections).toMatchObject([{ id, label: 'Northwind Outdoors' }])
    await world.call('ada', world.installation.id, '[]')
    const header = lastCall(world).egress?.credentials['connection northwind.shops.example'] ?? ''
    await world.must(200, 'ada', `DELETE ${world.connections}/${id}`)
    const about = { connectionId: id, connection: 'shop' }
    expect(seen).toEqual([
      [{ type: 'connection.added', ...about }, 'active', true, true],
      [{ type: 'connection.removed', ...about }, 'active', true, true],
    ])
    expect((await listOf(world)).connections).toEqual([])
    expect(await world.service.isActive(header.replace('Bearer ', ''))).toBe(false)
    expect(await world.send('ada', `DELETE ${world.connections}/${id}`)).toMatchObject({ status: 404 })
  })

  test.each([
    ['//evil.example'],
    ['https://evil.example/'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['javascript:alert(1)'],
    ['apps'],
  ])('it does not return to %j', async (returnTo) => {
    const world = await open()
    expect(await world.begin('ada', { returnTo })).toMatchObject({
      status: 422,
      body: { fields: { returnTo: 'Not a path.' } },
    })
  })

  test.each([
    [{}],
    [{ shop: 'a.b' }],
    [{ shop: 'evil.example/x' }],
    [{ shop: '-a' }],
    [{ shop: '' }],
    [{ shop: 'a', x: 'y' }],
  ])('variables %j are refused', async (variables) => {
    const world = await open()
    expect(await world.begin('ada', { variables })).toMatchObject({ status: 422, body: { code: 'INVALID_INPUT' } })
  })
})

describe('with a secret', () => {
  const connect = (world: World, who: 'ada' | 'max' | 'bea', fields: object, more: object = {}) =>
    world.send(who, `POST ${world.connections}`, { body: { definitionId: 'post-office', fields, ...more } })

  test('it is tried before it is saved: what the test throws is shown by field, and nothing is saved', async () => {
    const world = await open()
    const tried: unknown[] = []
    world.functions[POST_OFFICE.test ?? ''] = ({ context }) => {
      const [account] = context.connections ?? []
      tried.push(account?.fields)
      if (account?.fields?.key === 'good-key-1') return { label: 'Depot 7' }
      throw Object.assign(new Error('No.'), { code: 'INVALID_INPUT', fields: { key: 'Unknown key bad-key-123.' } })
    }
    const refused = await connect(world, 'max', { account: '7', key: 'bad-key-123' })
    expect(refused).toMatchObject({ status: 422, body: { fields: { key: 'Unknown key [secret].' } } })
    expect((await listOf(world, 'max')).connections).toEqual([])
    const saved = await connect(world, 'max', { account: '7', key: 'good-key-1' })
    expect(saved.body.connection).toMatchObject({ label: 'Depot 7', scope: 'user' })
    expect(saved.text).not.toContain('good-key-1')
    expect(tried).toEqual([
      { account: '7', key: 'bad-key-123' },
      { account: '7', key: 'good-key-1' },
    ])
    await world.must(200, 'max', `POST ${world.connections}/${saved.body.connection.id}/test`, { body: {} })
    expect(tried.length).toBe(3)
  })

  test('what is missing, unknown or not for this person is refused', async () => {
    const world = await open()
    expect(await connect(world, 'max', {})).toMatchObject({
      status: 422,
      body: { fields: { account: expect.any(String), key: expect.any(String) } },
    })
    expect(await connect(world, 'max', { account: '7', key: 'k', extra: 'x' })).toMatchObject({ status: 422 })
    expect(await connect(world, 'bea', { account: '7', key: 'k' })).toMatchObject({ status: 404 })
    expect(await world.begin('max')).toMatchObject({ status: 403 })
    expect(await world.send('max', `POST ${world.connections}`, { body: { definitionId: 'nothing' } })).toMatchObject({
      status: 404,
    })
    expect(
      (await listOf(world, 'max')).definitions.map(({ mayConnect }: { mayConnect: boolean }) => mayConnect),
    ).toEqual([false, true, false])
  })

  test('each user has accounts of their own, several of them, and nobody sees or uses those of another', async () => {
    const world = await open()
    const ids: Record<string, string> = {}
    for (const [who, account] of [
      ['max', '1'],
      ['max', '2'],
      ['ada', '3'],
    ] as const)
      ids[account] = (await connect(world, who, { account, key: `secret-of-${account}` })).body.connection.id
    expect((await listOf(world, 'max')).connections.map(({ id }: { id: string }) => id)).toEqual([ids[1], ids[2]])
    await world.call('max', world.installation.id, '[]')
    const { connections, egress } = lastCall(world)
    expect(connections).toMatchObject([
      { id: ids[1], value: '1', fields: { account: '1', key: 'secret-of-1' } },
      { id: ids[2] },
    ])
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    expect(egress?.credentials).toMatchObject({
      'connection api.post.example': basic('1:secret-of-1'),
      [`connection api.post.example ${ids[1]}`]: basic('1:secret-of-1'),
      [`connection api.post.example ${ids[2]}`]: basic('2:secret-of-2'),
    })
    expect(JSON.stringify(egress)).not.toContain(ids[3])
    for (const line of [`DELETE ${world.connections}/${ids[3]}`, `POST ${world.connections}/${ids[3]}/test`])
      expect(await world.send('max', line, line.startsWith('P') ? { body: {} } : {})).toMatchObject({ status: 404 })
    expect(await connect(world, 'max', { account: '9', key: 'k' }, { connectionId: ids[3] })).toMatchObject({
      status: 404,
    })
  })

  test('a credential that is copied into another row opens nowhere', async () => {
    const world = await open()
    await connect(world, 'max', { account: '1', key: 'secret-of-1' })
    await connect(world, 'ada', { account: '3', key: 'secret-of-3' })
    const [of1, of3] = await world.storage.connections.list('org-a', world.installation.id)
    await world.storage.connections.change('org-a', of3?.id ?? '', 1, {
      sealed: of1?.sealed ?? '',
      updatedAt: new Date(),
    })
    expect(await world.call('ada', world.installation.id, '[]')).toMatchObject({
      status: 409,
      body: { code: 'NOT_CONFIGURED' },
    })
    expect(JSON.stringify([of1, of3])).not.toContain('secret-of')
  })

  test('what a service echoes of a credential is in no answer and no log', async () => {
    const world = await open()
    await connect(world, 'max', { account: '1', key: 'secret-of-1' })
    world.functions['src/orders.server.ts#findOrders'] = () => 'you sent secret-of-1'
    const { body } = await world.call('max', world.installation.id, '["secret-of-1"]')
    expect(body.result).toBe('"you sent [secret]"')
    const { items } = await world.must(200, 'ada', `GET /installations/${world.installation.id}/logs`)
    expect(JSON.stringify(items)).not.toContain('secret-of-1')
    expect(items[0]).toMatchObject({ traceId: body.traceId, argumentBytes: 15, resultBytes: expect.any(Number) })
  })
})

test('an account without a credential is connected once', async () => {
  const world = await open()
  const connect = () => world.send('ada', `POST ${world.connections}`, { body: { definitionId: 'plain' } })
  const [first, second] = [await connect(), await connect()]
  expect(first.body.connection.id).toBe(second.body.connection.id)
})

test('an app without a client of its own says whom to tell', async () => {
  const world = await open()
  await world.must(200, null, 'DELETE /developer/apps/order-lookup/oauth-clients/shop', { key: world.key })
  expect((await listOf(world)).definitions[0]).toMatchObject({ ready: false })
  expect(await world.begin('ada')).toMatchObject({ status: 409, body: { code: 'NOT_CONFIGURED' } })
  const { items } = await world.must(200, null, 'GET /developer/apps/order-lookup/oauth-clients', { key: world.key })
  expect(items).toEqual([])
})

/** As if the token had run out. */
const expire = async ({ storage }: World, id: string): Promise<void> => {
  const row = await storage.connections.get('org-a', id)
  const past = new Date(Date.now() - 1000)
  await storage.connections.change('org-a', id, row?.revision ?? 0, { expiresAt: past, updatedAt: past })
}

/** The person takes the access back at the service. */
const revokeAtService = async ({ service }: World, header: string): Promise<void> => {
  const token = await service.provider.AccessToken.find(header.replace('Bearer ', ''))
  const grant = token?.grantId === undefined ? undefined : await service.provider.Grant.find(token.grantId)
  await grant?.destroy()
}
