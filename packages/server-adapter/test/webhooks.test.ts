import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { toActor } from '../src/http/read-actor'
import { createTokenBucket } from '../src/index'
import { ORIGIN } from './support/create-world'
import { createWebhookWorld, HOOK, OTHER_HOOK, webhookManifest } from './support/webhook-app'

type World = Awaited<ReturnType<typeof createWebhookWorld>>

const worlds: World[] = []
const open = async (options: Parameters<typeof createWebhookWorld>[0] = {}): Promise<World> => {
  const world = await createWebhookWorld(options)
  worlds.push(world)
  return world
}
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.service.stop()
})

const INBOX = '/api/souk/webhooks/'
const hookCalls = ({ calls }: World) => calls.filter(({ functionId }) => functionId === HOOK).length
/** What the handler was given in the last call. */
const given = (world: World): unknown[] => {
  const seen: unknown[] = []
  world.functions[HOOK] = (_, [delivery]) => void seen.push(delivery)
  return seen
}

describe('an attacker', () => {
  test.each([
    ['no token', ''],
    ['a short one', 'a'],
    ['a right form, but unknown', 'A'.repeat(43)],
    ['a long one', 'a'.repeat(4000)],
    ['the hash of one', '0'.repeat(64)],
    ['a path out of it', '..%2F..%2Fme'],
    ['NUL', `${'a'.repeat(42)}%00`],
  ])('with %s for a token finds nothing, and runs nothing', async (_, token) => {
    const world = await open()
    given(world)
    const { status, text } = await world.deliver(`${INBOX}${token}`)
    expect(status).toBe(404)
    expect(JSON.parse(text)).toMatchObject({ code: 'NOT_FOUND' })
    expect(hookCalls(world)).toBe(0)
  })

  test('who knows a token reaches the handler of it, and no other installation, organization or handler', async () => {
    const world = await open()
    const other = await world.installAt('bea')
    const [mine, theirs] = [
      await world.createHandler(),
      await world.createHandler({}, { who: 'bea', installationId: other.id }),
    ]
    expect(mine.url).not.toBe(theirs.url)
    given(world)
    expect((await world.deliver(theirs.url)).status).toBe(200)
    expect(world.calls.at(-1)).toMatchObject({ installationId: other.id, context: { organizationId: 'org-b' } })
    // By its id, the code of one organization does nothing to the handler of another.
    for (const operation of ['webhook.update', 'webhook.delete'])
      expect(await world.ask(operation, { id: theirs.id, isActive: false }).catch(({ code }) => code)).toSatisfy(
        (answer) => answer === false || answer === 'NOT_FOUND',
      )
    expect(await world.ask('webhook.list', {})).toMatchObject([{ id: mine.id }])
    expect((await world.deliver(theirs.url)).status).toBe(200)
    expect(world.answered.join()).not.toContain(mine.url.split('/').at(-1))
  })

  test('the database holds neither the token nor the metadata', async () => {
    const world = await open()
    const { url } = await world.createHandler({ metadata: { secret: 'whsec_of_the_shop' } })
    const rows = await world.storage.webhookHandlers.list('org-a', world.installation.id)
    expect(rows).toHaveLength(1)
    const stored = JSON.stringify(rows)
    expect(stored).not.toContain(url.split('/').at(-1))
    expect(stored).not.toContain('whsec_of_the_shop')
    expect(Buffer.from(new URL(url).pathname.split('/').at(-1) ?? '', 'base64url')).toHaveLength(32)
  })

  test('a handler that was deleted answers 404, one that is not active 410, and one of an uninstalled app 410', async () => {
    const world = await open()
    given(world)
    const { id, url } = await world.createHandler()
    await world.ask('webhook.update', { id, isActive: false })
    expect(await world.deliver(url)).toMatchObject({ status: 410 })
    await world.ask('webhook.update', { id, isActive: true })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    const other = await world.createHandler({ webhook: 'refunds' })
    await world.ask('webhook.delete', { id: other.id })
    expect(await world.deliver(other.url)).toMatchObject({ status: 404 })
    await world.must(200, 'ada', `POST /installations/${world.installation.id}/uninstall`, { body: {} })
    const before = hookCalls(world)
    const answer = await world.deliver(url)
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([410, 'WEBHOOK_GONE'])
    // Installed again, the app has to say itself that it wants them.
    const { appId } = world.deployment
    const consent = {
      grantedScopes: ['tickets:read'],
      grantedEgress: ['orders.northwind.example', '*.shops.example', 'api.post.example'],
    }
    await world.must(201, 'ada', 'POST /installations', {
      body: { appId, deploymentId: world.deployment.id, ...consent },
    })
    expect(await world.deliver(url)).toMatchObject({ status: 410 })
    expect(hookCalls(world)).toBe(before)
    expect(await world.createHandler()).toMatchObject({ id, url, isActive: true })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
  })

  test('an uninstall ends a delivery that runs, which is answered 410', async () => {
    const world = await open()
    const { url } = await world.createHandler()
    let began = () => {}
    const running = new Promise<void>((resolve) => {
      began = resolve
    })
    world.functions[HOOK] = () => {
      began()
      return new Promise(() => {})
    }
    const delivery = world.deliver(url)
    await running
    await world.must(200, 'ada', `POST /installations/${world.installation.id}/uninstall`, { body: {} })
    expect(await delivery).toMatchObject({ status: 410 })
  })

  test('a version that has no such webhook finds nothing, and the one before goes on with the same address', async () => {
    const world = await open()
    given(world)
    const { url } = await world.createHandler()
    const without = await world.publish(world.key, webhookManifest('2.0.0', { webhooks: [] }))
    const body = {
      deploymentId: without.id,
      grantedScopes: ['tickets:read'],
      grantedEgress: ['orders.northwind.example', '*.shops.example', 'api.post.example'],
    }
    await world.must(200, 'ada', `POST /installations/${world.installation.id}/upgrade`, { body })
    expect(await world.deliver(url)).toMatchObject({ status: 404 })
    await world.must(200, 'ada', `POST /installations/${world.installation.id}/rollback`, { body: {} })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
  })

  test.each([
    ['PUT', 405],
    ['DELETE', 405],
    ['PATCH', 405],
    ['OPTIONS', 405],
  ])('the method %s is answered %i, and runs nothing', async (method, status) => {
    const world = await open()
    given(world)
    const { url } = await world.createHandler()
    const answer = await world.deliver(url, { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, 'HEAD, GET, POST'])
    expect(hookCalls(world)).toBe(0)
  })

  test.each([
    ['that says how large it is', { 'content-length': String(1024 * 1024 + 1) }],
    ['that does not', {}],
  ])('a body over a megabyte %s is refused before the handler runs', async (_, headers) => {
    const world = await open()
    given(world)
    const { url } = await world.createHandler()
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(256 * 1024)),
    })
    expect(await world.deliver(url, { body, headers, duplex: 'half' } as RequestInit)).toMatchObject({ status: 413 })
    expect(hookCalls(world)).toBe(0)
    expect(await world.deliver(url, { body: new Uint8Array(1024 * 1024) })).toMatchObject({ status: 200 })
  })

  test('a browser is refused, and no cookie and no proxy login reaches app code', async () => {
    const world = await open()
    const seen = given(world)
    const { url } = await world.createHandler()
    for (const site of ['same-origin', 'cross-site', 'none'])
      expect(
        await world.deliver(url, {
          method: 'GET',
          body: null,
          headers: { 'sec-fetch-site': site, cookie: 'session=1' },
        }),
      ).toMatchObject({
        status: 403,
      })
    expect(seen).toEqual([])
    await world.deliver(url, { headers: { cookie: 'session=1', 'proxy-authorization': 'Basic eA==', 'x-topic': 'a' } })
    const text = JSON.stringify(seen)
    expect(text).toContain('x-topic')
    expect(text).not.toContain('session=1')
    expect(text).not.toContain('eA==')
  })

  test('names of a prototype in the query and the headers do not cross, and nothing breaks', async () => {
    const world = await open()
    const seen = given(world)
    const { url } = await world.createHandler()
    const headers = new Headers([
      ['constructor', 'x'],
      ['__proto__', 'x'],
      ['x-ok', '\u00ff'],
    ])
    expect(await world.deliver(`${url}?__proto__=1&constructor=2&a=1&a=2&%00=3`, { headers })).toMatchObject({
      status: 200,
    })
    const [{ request }] = seen as [{ request: { query: object; headers: object } }]
    expect(Object.keys(request.query)).toEqual(['a', '\0'])
    expect(request.headers).toMatchObject({ 'x-ok': '\u00ff' })
    expect(Object.hasOwn(request.headers, 'constructor')).toBe(false)
  })

  test('a page of the product cannot call the handler as a function', async () => {
    const world = await open()
    given(world)
    const answer = await world.call('ada', world.installation.id, '[]', { moduleHash: HOOK })
    expect(answer).toMatchObject({ status: 404, body: { code: 'FUNCTION_NOT_FOUND' } })
    expect(hookCalls(world)).toBe(0)
    const manifest = webhookManifest('3.0.0')
    const functions = manifest.functions.map((entry) => ({ ...entry, callable: true }))
    await expect(world.deploy(world.key, { ...manifest, functions })).rejects.toThrow(
      /must not be callable from the browser/,
    )
    const twice = [...(manifest.webhooks ?? []), ...(manifest.webhooks ?? [])]
    await expect(world.deploy(world.key, { ...manifest, webhooks: twice })).rejects.toThrow(
      /webhooks names orders twice/,
    )
  })

  test('a response says nothing for the product: no cookie, no CORS, no redirection, no page', async () => {
    const world = await open()
    const { url } = await world.createHandler()
    world.functions[HOOK] = () => ({
      status: 202,
      headers: {
        'Set-Cookie': 'session=evil',
        Location: 'https://evil.example',
        'Access-Control-Allow-Origin': '*',
        'Content-Security-Policy': 'default-src *',
        'Cache-Control': 'public',
        'Content-Type': 'text/html',
        'Content-Disposition': 'inline',
        'X-Request-Id': 'forged',
        'X-Hook-Secret': 'echo',
        'Retry-After': '5\r\nSet-Cookie: a=b',
      },
      body: '<script>alert(1)</script>',
    })
    const { status, headers, text } = await world.deliver(url)
    expect([status, text]).toEqual([202, '<script>alert(1)</script>'])
    const sent = Object.fromEntries(headers)
    expect(Object.keys(sent).sort()).toEqual([
      'cache-control',
      'content-disposition',
      'content-security-policy',
      'content-type',
      'referrer-policy',
      'x-content-type-options',
      'x-hook-secret',
      'x-request-id',
    ])
    expect(sent).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(sent['x-request-id']).not.toBe('forged')
  })

  test.each<[string, unknown]>([
    ['a redirection', { status: 302 }],
    ['an informational status', { status: 101 }],
    ['a status that is none', { status: '200' }],
    ['a text for all', 'ok'],
    ['headers that are a list', { headers: ['a'] }],
    ['an event without an id', { events: [{ name: 'x' }] }],
    ['an event with NUL in its id', { events: [{ id: 'a\0' }] }],
    ['events that are one', { events: { id: 'a' } }],
    ['too many events', { events: Array.from({ length: 1001 }, (_, index) => ({ id: String(index) })) }],
    ['a body that is too large', { body: 'x'.repeat(256 * 1024 + 1) }],
    ['a body that is no JSON', { body: { n: 1n } }],
  ])('%s from app code is not answered as it is: the service sends again', async (_, response) => {
    const world = await open()
    const { url } = await world.createHandler()
    world.functions[HOOK] = () => response
    const { status, text } = await world.deliver(url)
    expect([status, JSON.parse(text).code]).toEqual([503, 'WEBHOOK_NOT_ACCEPTED'])
    expect(world.accepted).toEqual([])
  })

  test('what app code throws is not told to a stranger, and is in the logs of the app', async () => {
    const world = await open()
    const { url } = await world.createHandler()
    for (const code of ['FUNCTION_FAILED', 'NOT_FOUND', 'INVALID_INPUT', 'RATE_LIMITED']) {
      world.functions[HOOK] = () => {
        throw Object.assign(new Error('customer 4711 has no order'), { code })
      }
      const { status, text } = await world.deliver(url)
      expect([status, JSON.parse(text).code]).toEqual([503, 'WEBHOOK_NOT_ACCEPTED'])
      expect(text).not.toContain('4711')
    }
    const { items } = await world.must(200, 'ada', `GET /installations/${world.installation.id}/logs?limit=1`)
    expect(items).toMatchObject([{ functionId: HOOK, outcome: 'error', userId: 'souk' }])
  })

  test('no more comes through than the limits let, and the service is told when to send again', async () => {
    const world = await open({
      rateLimits: { functionCalls: createTokenBucket({ burst: 3, perSecond: 0.001 }) },
    })
    const { url } = await world.createHandler()
    given(world)
    const answers = await Promise.all(Array.from({ length: 8 }, () => world.deliver(url)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited).toHaveLength(5)
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(hookCalls(world)).toBe(3)
  })

  test('nobody of the product is called souk, which is who handlers run for', () => {
    expect(() => toActor({ userId: 'souk', organizationId: 'org-a', role: 'admin' })).toThrow(/what Souk calls itself/)
  })

  test("a handler runs for nobody: it changes no settings, and sees nobody's own account", async () => {
    const world = await open()
    await world.must(200, 'max', `POST ${world.connections}`, {
      body: { definitionId: 'post-office', fields: { account: '7', key: 'key-of-max' } },
    })
    const { url } = await world.createHandler()
    const seen: unknown[] = []
    world.functions[HOOK] = async ({ context, platform }) => {
      const ask = platform?.('settings.write', ['organization', { region: 'us' }], new AbortController().signal)
      seen.push(context.user, context.connections ?? [], await ask?.catch(({ code }) => code))
    }
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(seen).toEqual([{ id: 'souk' }, [], 'FORBIDDEN'])
  })
})

describe('a delivery', () => {
  test('reaches the handler byte for byte, with its headers, its query and what the handler was created with', async () => {
    const world = await open()
    const seen = given(world)
    const { id, url } = await world.createHandler({
      triggerId: 'order-created',
      workflowId: 'flow-1',
      externalWebhookId: 'wh_1',
      metadata: { secret: 's', since: new Date(0) },
    })
    const body = new Uint8Array([0, 255, 254, 13, 10, 123])
    await world.deliver(`${url}?hub.mode=subscribe`, {
      body,
      headers: { 'X-Topic': 'orders/create', 'content-type': 'application/json' },
    })
    expect(seen).toMatchObject([
      {
        request: {
          method: 'POST',
          url: `${url}?hub.mode=subscribe`,
          query: { 'hub.mode': 'subscribe' },
          headers: { 'x-topic': 'orders/create', 'content-type': 'application/json' },
          rawBody: body,
        },
        handler: {
          id,
          fileName: 'orders',
          triggerId: 'order-created',
          workflowId: 'flow-1',
          connectionId: null,
          externalWebhookId: 'wh_1',
          metadata: { secret: 's', since: new Date(0) },
        },
      },
    ])
    expect(url).toMatch(new RegExp(`^${ORIGIN}/api/souk/webhooks/[A-Za-z0-9_-]{43}$`))
  })

  test("a challenge is answered with the handler's own status, header and body; a HEAD without the body", async () => {
    const world = await open()
    const { url } = await world.createHandler()
    world.functions[HOOK] = (_, [delivery]) => {
      const { request } = delivery as { request: { query: Record<string, string> } }
      return { headers: { 'content-type': 'application/json' }, body: `{"challenge":"${request.query.challenge}"}` }
    }
    const got = await world.deliver(`${url}?challenge=abc`, { method: 'GET', body: null })
    expect([got.status, got.text, got.headers.get('content-type')]).toEqual([
      200,
      '{"challenge":"abc"}',
      'application/json',
    ])
    expect(await world.deliver(url, { method: 'HEAD', body: null })).toMatchObject({ status: 200, text: '' })
    world.functions[HOOK] = () => ({ body: { ok: true } })
    expect(await world.deliver(url)).toMatchObject({ status: 200, text: '{"ok":true}' })
    world.functions[HOOK] = () => ({ body: new Uint8Array([1, 2]) })
    expect(await world.deliver(url)).toMatchObject({ status: 200, text: '\u0001\u0002' })
    world.functions[HOOK] = () => ({ status: 204, body: 'x' })
    expect(await world.deliver(url)).toMatchObject({ status: 204, text: '' })
    world.functions[HOOK] = () => undefined
    expect(await world.deliver(url)).toMatchObject({ status: 200, text: '' })
  })

  test('of one connection reaches the handler with this one alone: two bots are never mixed', async () => {
    const world = await open({})
    const connect = (key: string) =>
      world.must(200, 'max', `POST ${world.connections}`, {
        body: { definitionId: 'post-office', fields: { account: '7', key } },
      })
    const [first, second] = [(await connect('key-1')).connection.id, (await connect('key-2')).connection.id]
    const [one, two] = [
      await world.createHandler({ connectionId: first }, { who: 'max' }),
      await world.createHandler({ connectionId: second }, { who: 'max' }),
    ]
    expect(one.id).not.toBe(two.id)
    world.functions[HOOK] = ({ context }) => ({
      body: context.connections?.map(({ id, fields }) => [id, fields?.key]),
      events: [{ id: 'same-id' }],
    })
    expect(JSON.parse((await world.deliver(one.url)).text)).toEqual([[first, 'key-1']])
    expect(JSON.parse((await world.deliver(two.url)).text)).toEqual([[second, 'key-2']])
    expect(world.accepted.map(({ connectionId, events }) => [connectionId, events.length])).toEqual([
      [first, 1],
      [second, 1],
    ])
    // What is somebody's own, nobody else's call sees.
    await expect(world.createHandler({ connectionId: first }, { who: 'ada' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await world.ask('webhook.list', {})).toEqual([])
    await expect(world.ask('webhook.update', { id: one.id, isActive: false })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    // Handlers go with their connection.
    await world.must(200, 'max', `DELETE ${world.connections}/${first}`)
    expect(await world.deliver(one.url)).toMatchObject({ status: 404 })
    expect(await world.deliver(two.url)).toMatchObject({ status: 200 })
  })
})

describe('events', () => {
  const events = [
    { id: 'e1', total: 10 },
    { id: 'e2', at: new Date(0) },
    { id: 'e1', total: 10 },
  ]

  test('reach the product before the service is told, once each, however often they are sent', async () => {
    const world = await open()
    const { id, url } = await world.createHandler({ triggerId: 'order-created', workflowId: 'flow-1' })
    world.functions[HOOK] = () => ({ events })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(world.accepted).toEqual([
      {
        organizationId: 'org-a',
        installationId: world.installation.id,
        appId: world.app.id,
        triggerId: 'order-created',
        workflowId: 'flow-1',
        connectionId: null,
        webhookHandlerId: id,
        events: [
          { id: 'e1', total: 10 },
          { id: 'e2', at: '1970-01-01T00:00:00.000Z' },
        ],
        traceId: world.calls.at(-1)?.traceId,
      },
    ])
    world.functions[HOOK] = () => ({ events: [...events, { id: 'e3' }] })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(world.accepted.map((batch) => batch.events.map((event) => event.id))).toEqual([['e1', 'e2'], ['e3']])
  })

  test('that the product did not take are sent again and then taken: none is lost', async () => {
    let isDown = true
    const taken: string[] = []
    const world = await open({
      onTriggerEvents: async (batch) => {
        if (isDown) throw new Error('the queue of db-7.internal is full')
        taken.push(...batch.events.map((event) => event.id))
      },
    })
    const { url } = await world.createHandler()
    world.functions[HOOK] = () => ({ events })
    const { status, text } = await world.deliver(url)
    expect([status, JSON.parse(text).code]).toEqual([503, 'WEBHOOK_NOT_ACCEPTED'])
    expect(text).not.toContain('db-7')
    expect(String(world.errors.at(-1))).toContain('db-7')
    isDown = false
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(taken).toEqual(['e1', 'e2'])
  })

  test('whose acceptance could not be written down come again, rather than not at all', async () => {
    const world = await open()
    const { url } = await world.createHandler()
    world.functions[HOOK] = () => ({ events: [{ id: 'e1' }] })
    const { acceptEvents } = world.storage.webhookHandlers
    world.storage.webhookHandlers.acceptEvents = () => Promise.reject(new Error('gone'))
    expect(await world.deliver(url)).toMatchObject({ status: 503 })
    world.storage.webhookHandlers.acceptEvents = acceptEvents
    expect(await world.deliver(url)).toMatchObject({ status: 200 })
    expect(world.accepted).toHaveLength(2)
  })

  test('are not taken from a delivery that the handler refuses, nor for a product that takes none', async () => {
    const world = await open()
    const { url } = await world.createHandler()
    const { url: other } = await world.createHandler({ webhook: 'refunds' })
    world.functions[OTHER_HOOK] = () => ({ events: [] })
    const sign = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')
    world.functions[HOOK] = (_, [delivery]) => {
      const { request } = delivery as { request: { headers: Record<string, string>; rawBody: Uint8Array } }
      const isRight = request.headers['x-signature'] === sign(new TextDecoder().decode(request.rawBody), 'right')
      return { status: isRight ? 200 : 401, events: [{ id: 'e1' }] }
    }
    expect(await world.deliver(url, { headers: { 'x-signature': sign('{}', 'forged') } })).toMatchObject({
      status: 401,
    })
    expect(world.accepted).toEqual([])
    expect(await world.deliver(url, { headers: { 'x-signature': sign('{}', 'right') } })).toMatchObject({ status: 200 })
    expect(world.accepted).toHaveLength(1)
    expect(await world.deliver(other)).toMatchObject({ status: 200 })
    expect(world.accepted).toHaveLength(1)
    // @ts-expect-error a product without a port, as in JavaScript
    const deaf = await open({ onTriggerEvents: undefined })
    deaf.functions[HOOK] = () => ({ events: [{ id: 'e1' }] })
    expect(await deaf.deliver((await deaf.createHandler()).url)).toMatchObject({ status: 503 })
    expect(String(deaf.errors.at(-1))).toContain('onTriggerEvents')
  })
})

describe('app code', () => {
  test('creates a handler once for a webhook and a connection: asked again the URL stays, and the rest changes', async () => {
    const world = await open()
    const first = await world.createHandler({ metadata: { a: 1 }, triggerId: 'order-created' })
    await world.ask('webhook.update', { id: first.id, isActive: false, externalWebhookId: 'wh_9' })
    const again = await world.createHandler({ metadata: { b: 2 } })
    expect(again).toMatchObject({ id: first.id, url: first.url, isActive: true, externalWebhookId: 'wh_9' })
    expect(again).toMatchObject({ metadata: { b: 2 }, triggerId: 'order-created' })
    const connectionId = await world.connectPlain()
    const ofConnection = await world.createHandler({ connectionId })
    expect(await world.ask('webhook.list', {})).toMatchObject([{ id: first.id }, { id: ofConnection.id }])
    expect(await world.ask('webhook.list', { connectionId })).toMatchObject([
      { id: ofConnection.id, url: ofConnection.url },
    ])
    expect(await world.ask('webhook.update', { id: first.id, triggerId: null })).toMatchObject({ triggerId: null })
    expect(await world.ask('webhook.delete', { id: first.id })).toBe(true)
    expect(await world.ask('webhook.delete', { id: first.id })).toBe(false)
  })

  test.each([
    ['no file of the app', 'webhook.create', { webhook: 'moon' }, 'NOT_FOUND'],
    ['a name of a prototype', 'webhook.create', { webhook: 'constructor' }, 'NOT_FOUND'],
    ['no trigger of the app', 'webhook.create', { webhook: 'orders', triggerId: 'moon' }, 'NOT_FOUND'],
    ['a surface that is no trigger', 'webhook.create', { webhook: 'orders', triggerId: 'orders' }, 'NOT_FOUND'],
    ['a connection of nobody', 'webhook.create', { webhook: 'orders', connectionId: 'x' }, 'NOT_FOUND'],
    ['a connection that is a number', 'webhook.create', { webhook: 'orders', connectionId: 7 }, 'NOT_FOUND'],
    ['metadata that is a list', 'webhook.create', { webhook: 'orders', metadata: [] }, 'INVALID_INPUT'],
    [
      'too much metadata',
      'webhook.create',
      { webhook: 'orders', metadata: { a: 'x'.repeat(17_000) } },
      'PAYLOAD_TOO_LARGE',
    ],
    ['a workflow with NUL', 'webhook.create', { webhook: 'orders', workflowId: '\0' }, 'INVALID_INPUT'],
    ['nothing', 'webhook.create', undefined, 'INVALID_INPUT'],
    ['no id', 'webhook.update', {}, 'NOT_FOUND'],
    ['an id that is a list', 'webhook.update', { id: [] }, 'NOT_FOUND'],
    ['another question', 'webhook.steal', {}, 'METHOD_NOT_FOUND'],
  ])('is refused %s', async (_, operation, request, code) => {
    const world = await open()
    await expect(world.ask(operation, request as never)).rejects.toMatchObject({ code })
    expect(await world.storage.webhookHandlers.list('org-a', world.installation.id)).toEqual([])
  })
})
