import { expect, test } from 'vitest'
import { createSouk, createTokenBucket } from '../src/index'
import { createMemoryStorage } from '../src/storage'
import { createFakeRuntime, createInstalledWorld, createWorld, KEY, people, SANDBOX } from './support/create-world'

const account = (slug: string) => ({ slug, title: slug })

test('a write that is repeated with its idempotency key happens once and is answered the same', async () => {
  const { send, must } = createWorld()
  const create = (slug: string, key: string, who: 'dev' | 'eve' = 'dev') =>
    send(who, 'POST /developer/accounts', { body: account(slug), headers: { 'idempotency-key': key } })
  const [first, second] = await Promise.all([create('acme', 'k1'), create('acme', 'k1')])
  expect(first.status).toBe(201)
  expect(second).toMatchObject({ status: 201, text: first.text })
  expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
  expect((await must(200, 'dev', 'GET /developer/accounts')).items).toHaveLength(1)

  expect(await create('other', 'k1')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } })
  expect((await create('other', 'k1', 'eve')).status).toBe(201)
  // A refusal is not kept: what was wrong may be right now.
  expect((await create('acme', 'k2')).status).toBe(409)
  expect((await create('globex', 'k2')).status).toBe(201)
  for (const key of ['', 'a b', 'x'.repeat(201), 'ü'])
    expect((await create('x', key)).body.code, key).toBe('INVALID_INPUT')
})

test('who asks too often is told when to come back, and nobody else is', async () => {
  const { runtime } = createFakeRuntime()
  let now = 0
  const souk = createSouk({
    storage: createMemoryStorage(),
    authenticate: ({ headers }) => people[headers.get('x-person') as keyof typeof people] ?? null,
    secrets: { current: { id: 'k', key: KEY } },
    runtime,
    sandbox: SANDBOX,
    rateLimits: { requests: createTokenBucket({ burst: 2, perSecond: 0.5, now: () => now }) },
  })
  const ask = (who: string) =>
    souk.fetch(new Request('http://product.test/api/souk/me', { headers: { 'x-person': who } }))
  expect([(await ask('ada')).status, (await ask('ada')).status]).toEqual([200, 200])
  const refused = await ask('ada')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 2 })
  expect((await ask('bea')).status).toBe(200)
  now = 2000
  expect((await ask('ada')).status).toBe(200)
})

test.each(['installationCalls', 'appCalls'] as const)('the limit %s counts over all users', async (limit) => {
  const { runtime, functions } = createFakeRuntime()
  const world = await createInstalledWorld()
  functions['src/orders.server.ts#findOrders'] = () => 1
  const souk = createSouk({
    storage: world.storage,
    authenticate: ({ headers }) => people[headers.get('x-person') as keyof typeof people] ?? null,
    secrets: { current: { id: 'k1', key: KEY } },
    runtime,
    sandbox: SANDBOX,
    rateLimits: { [limit]: createTokenBucket({ burst: 2, perSecond: 0.001 }) },
  })
  const call = (person: 'ada' | 'max', idempotencyKey: string) =>
    souk.api.callFunction(people[person], {
      params: { id: world.installation.id },
      body: { moduleHash: 'src/orders.server.ts#findOrders', args: '[]', idempotencyKey },
    })
  await call('ada', '1')
  await call('max', '2')
  await expect(call('max', '3')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1000 })
})

test('an address or headers that are too long are refused before anybody is asked who it is', async () => {
  const { send } = createWorld()
  expect(await send(null, `GET /catalog/apps?search=${'x'.repeat(9000)}`)).toMatchObject({
    status: 414,
    body: { code: 'URL_TOO_LONG' },
  })
  expect(await send(null, 'GET /me', { headers: { cookie: 'x'.repeat(40_000) } })).toMatchObject({
    status: 431,
    body: { code: 'HEADERS_TOO_LARGE' },
  })
})

test('every answer has its request id and may be neither cached, sniffed nor framed', async () => {
  const { send } = createWorld()
  for (const [who, line] of [
    ['ada', 'GET /me'],
    [null, 'GET /me'],
    [null, 'GET /openapi.json'],
    ['ada', 'GET /nothing'],
    ['ada', 'PROPFIND /me'],
    ['ada', 'HEAD /me'],
  ] as const) {
    const { headers } = await send(who, line)
    expect(headers.get('x-request-id')).toMatch(/^[a-z2-7]{26}$/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})
