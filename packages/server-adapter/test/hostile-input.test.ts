import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createMemoryStorage } from '../src/storage'
import { createInstalledWorld, createManifest, createWorld, ORIGIN, type Send } from './support/create-world'

const json = { 'content-type': 'application/json' }
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

const BODIES: readonly (readonly [string, Send])[] = [
  ['nothing', {}],
  ['an empty text', { raw: '', headers: json }],
  ['null', { raw: 'null', headers: json }],
  ['an array', { raw: '[]', headers: json }],
  ['a number', { raw: '1e999', headers: json }],
  ['broken JSON', { raw: '{"a":', headers: json }],
  ['not UTF-8', { raw: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), headers: json }],
  ['deep nesting', { raw: deep(50_000), headers: json }],
  ['a hundred thousand brackets', { raw: '['.repeat(100_000), headers: json }],
  ['__proto__', { raw: '{"__proto__":{"role":"admin"}}', headers: json }],
  ['constructor', { raw: '{"values":{"constructor":{"prototype":1}}}', headers: json }],
  ['NUL', { raw: '{"name":"a\\u0000b","slug":"a","title":"\\u0000","reason":"\\u0000aaaaaaaaaaaaa"}', headers: json }],
  ['half a surrogate pair', { raw: '{"name":"\\ud800","title":"\\ud800","slug":"a"}', headers: json }],
  [
    'wrong types',
    { raw: '{"name":{},"slug":[],"title":1,"values":7,"reason":null,"args":[],"moduleHash":{}}', headers: json },
  ],
  ['huge strings', { raw: JSON.stringify({ name: 'x'.repeat(200_000), title: 'x'.repeat(200_000) }), headers: json }],
  ['too many bytes', { raw: `{"name":"${'x'.repeat(4_000_000)}"}`, headers: json }],
  ['a form', { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['text', { raw: '{}', headers: { 'content-type': 'text/plain' } }],
  ['a strange content type', { raw: '{}', headers: { 'content-type': 'application/json-evil' } }],
  ['a script', { raw: 'x', headers: { 'content-type': 'text/javascript' } }],
  [
    'many keys',
    { raw: JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]))), headers: json },
  ],
]

test('no body on any route is answered with a 5xx, and every refusal is a problem with a code', async () => {
  const { installation, account, first, send, errors } = await createInstalledWorld()
  const sha256 = 'a'.repeat(64)
  const lines = [
    'POST /installations',
    `POST /installations/${installation.id}/upgrade`,
    `PUT /installations/${installation.id}/settings/organization`,
    `PUT /installations/${installation.id}/settings/user`,
    `POST /installations/${installation.id}/functions`,
    'POST /developer/accounts',
    `POST /developer/accounts/${account.id}/api-keys`,
    'POST /developer/apps',
    'PATCH /developer/apps/order-lookup',
    `PUT /developer/apps/order-lookup/bundles/client/${sha256}`,
    'POST /developer/apps/order-lookup/deployments',
    `POST /developer/deployments/${first.id}/submit`,
    `POST /review/deployments/${first.id}/reject`,
  ]
  for (const line of lines)
    for (const [name, options] of BODIES)
      for (const who of ['ada', 'dev', 'rex'] as const) {
        const { status, body, headers } = await send(who, line, options)
        expect(status, `${line} with ${name}`).toBeLessThan(500)
        if (status >= 400) {
          expect(headers.get('content-type')).toBe('application/problem+json')
          expect(body, `${line} with ${name}`).toMatchObject({
            code: expect.any(String),
            traceId: headers.get('x-request-id'),
          })
          expect(JSON.stringify(body)).not.toMatch(/ at |node_modules|\.ts:/)
        }
      }
  expect(errors).toEqual([])
})

test.each([
  '/catalog/apps?cursor=x',
  '/catalog/apps?cursor=%00',
  '/catalog/apps?limit=0',
  '/catalog/apps?limit=1e9',
  '/catalog/apps?limit=NaN',
  `/catalog/apps?search=${'x'.repeat(300)}`,
  '/catalog/apps?search=%00',
  '/catalog/apps?search=%ED%A0%80',
  '/catalog/apps?search=%',
  '/catalog/apps?category=%27%20or%201%3D1',
  '/catalog/apps/..%2f..%2fetc',
  '/catalog/apps/__proto__',
  '/catalog/apps/%00',
  '/catalog/apps/%E0%A4%A',
  '/installations/%27;drop',
  '/installations/__proto__/events',
  '/installations/constructor/settings/organization',
  `/installations/${'a'.repeat(26)}/settings/__proto__`,
  '/review/deployments?cursor=eyJsaXN0IjoicmV2aWV3Iiwia2V5IjpbMV19',
  '//evil.example/me',
  '/me/',
  '/ME',
  '/openapi.json/x',
  '/',
])('GET %s is answered without a 5xx', async (path) => {
  const { send, errors } = createWorld()
  for (const who of ['ada', 'rex', null] as const) {
    const { status } = await send(who, `GET ${path}`)
    expect(status).toBeLessThan(500)
  }
  expect(errors).toEqual([])
})

test('a method that a route does not have is 405 with what it has, and an unknown address is 404', async () => {
  const { send } = createWorld()
  const refused = await send('ada', 'DELETE /installations')
  expect(refused.status).toBe(405)
  expect(refused.headers.get('allow')).toBe('HEAD, GET, POST')
  expect((await send('ada', 'PROPFIND /me')).status).toBe(405)
  expect((await send('ada', 'OPTIONS /me')).status).toBe(405)
  expect((await send('ada', 'GET /nothing')).status).toBe(404)
})

test('HEAD answers as GET without a body', async () => {
  const { send } = createWorld()
  expect(await send('ada', 'HEAD /me')).toMatchObject({ status: 200, text: '' })
  expect(await send(null, 'HEAD /me')).toMatchObject({ status: 401, text: '' })
})

test('every answer is not stored, not sniffed and carries its request id', async () => {
  const { send } = createWorld()
  for (const line of ['GET /me', 'GET /nothing', 'GET /openapi.json']) {
    const { headers } = await send('ada', line)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-request-id')).toMatch(/^[a-z2-7]{26}$/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('a body that never ends is cut off at the limit', async () => {
  const { souk } = createWorld()
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(32))
    },
  })
  const response = await souk.fetch(
    new Request(`${ORIGIN}/api/souk/developer/accounts`, {
      method: 'POST',
      headers: { ...json, 'x-person': 'ada', 'sec-fetch-site': 'same-origin' },
      body,
      duplex: 'half',
    } as RequestInit),
  )
  expect(response.status).toBe(413)
  expect(sent).toBeLessThan(1_000_000)
})

test('a bundle is stored only under its own hash and within its size', async () => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const headers = { 'content-type': 'text/javascript' }
  const put = (type: string, raw: BodyInit) =>
    world.send(null, `PUT /developer/apps/order-lookup/bundles/${type}/${'a'.repeat(64)}`, { raw, headers, key })
  expect((await put('client', 'x')).body.code).toBe('BUNDLE_HASH_MISMATCH')
  expect((await put('client', '')).body.code).toBe('INVALID_INPUT')
  expect((await put('client', new Uint8Array(5 * 1024 * 1024 + 1))).body.code).toBe('PAYLOAD_TOO_LARGE')
  expect((await put('server', new Uint8Array(5 * 1024 * 1024 + 1))).body.code).toBe('BUNDLE_HASH_MISMATCH')
  expect((await put('other', 'x')).status).toBe(404)
  const sha256 = await world.upload('client', 'export {}', key)
  expect((await world.send(null, `HEAD /developer/apps/order-lookup/bundles/client/${sha256}`, { key })).status).toBe(
    200,
  )
  expect((await world.send(null, `HEAD /developer/apps/order-lookup/bundles/server/${sha256}`, { key })).status).toBe(
    404,
  )
})

test.each([
  ['another app', { id: 'other-app' }],
  ['a version that is none', { version: '1.0' }],
  ['a protocol of the future', { protocolVersion: 99 }],
  [
    'a pattern that backtracks',
    { settings: { organization: { a: { type: 'string', label: 'A', pattern: '(?=a)' } }, user: {} } },
  ],
  ['a host that is an address', { egress: { server: [{ host: '127.0.0.1', purpose: 'x' }] } }],
  [
    'the same scope twice',
    {
      scopes: [
        { id: 'a:b', purpose: 'x' },
        { id: 'a:b', purpose: 'y' },
      ],
    },
  ],
  ['no manifest', null],
  ['a text', 'x'],
])('a manifest with %s is refused', async (_, changes) => {
  const world = createWorld()
  const { key } = await world.openAccount()
  const manifest = typeof changes === 'object' && changes ? { ...createManifest('1.0.0'), ...changes } : changes
  const { body } = await world.send(null, 'POST /developer/apps/order-lookup/deployments', {
    body: {
      manifest,
      clientSha256: await world.upload('client', '//', key),
      serverSha256: await world.upload('server', '//', key),
      deploymentType: 'production',
    },
    key,
  })
  expect(body.code).toBe('INVALID_MANIFEST')
})

test.each([
  ['not JSON', 'x'],
  ['not an array', '{}'],
  ['an unknown tag', '[{"$":"Function","v":"x"}]'],
  ['a prototype key', '[{"__proto__":1}]'],
  ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['too much', JSON.stringify(['x'.repeat(1024 * 1024)])],
])('arguments that are %s never reach the runtime', async (_, args) => {
  const { installation, call, calls } = await createInstalledWorld()
  expect((await call('max', installation.id, args)).body.code).toBeOneOf(['INVALID_INPUT', 'PAYLOAD_TOO_LARGE'])
  expect(calls).toEqual([])
})

test('settings that are refused are named by path, and none is saved', async () => {
  const { installation, send, must } = await createInstalledWorld()
  const path = `/installations/${installation.id}/settings/organization`
  const before = await must(200, 'ada', `GET ${path}`)
  const refused = await send('ada', `PUT ${path}`, {
    body: { values: { apiUrl: 'nonsense', region: 'us', apiKey: null, unknown: 1, 'a.b': true } },
  })
  expect(refused.body).toMatchObject({
    code: 'INVALID_INPUT',
    fields: {
      apiUrl: 'Must be a web address, such as https://api.example.com.',
      apiKey: 'This setting is required.',
      unknown: 'The app has no such setting.',
      'a.b': 'The app has no such setting.',
    },
  })
  expect(await must(200, 'ada', `GET ${path}`)).toEqual(before)
})

test('what fails on our side is told without its message, and the operator gets it with the same id', async () => {
  const world = createWorld()
  await world.storage.close()
  const down = await world.send('ada', 'GET /extensions')
  expect(down).toMatchObject({ status: 503, body: { code: 'STORAGE_UNAVAILABLE', retryAfterSeconds: 2 } })
  expect(down.headers.get('retry-after')).toBe('2')
  expect(world.errors).toHaveLength(1)
})

test('the OpenAPI document names every route', async () => {
  const { must } = createWorld()
  const document = await must(200, null, 'GET /openapi.json')
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toContain('/installations/{id}/functions')
  expect(document.components.schemas).toHaveProperty('Installation')
  expect(Object.keys(document.paths).length).toBeGreaterThan(25)
})

test('an app over its quota of bundles is refused in words that say what it has, and nothing of it is stored', async () => {
  const storage = createMemoryStorage()
  const { openAccount, send, upload } = createWorld({ storage, bundleQuotaBytes: 100 })
  const { key, app } = await openAccount()
  await upload('client', 'a'.repeat(60), key)
  await upload('client', 'a'.repeat(60), key)
  const sha256 = createHash('sha256').update('b'.repeat(60)).digest('hex')
  const path = `/developer/apps/order-lookup/bundles/server/${sha256}`
  const refused = await send(null, `PUT ${path}`, {
    raw: 'b'.repeat(60),
    headers: { 'content-type': 'text/javascript' },
    key,
  })
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'QUOTA_EXCEEDED', message: expect.stringContaining('120 bytes') },
  })
  expect(await storage.bundles.find(app.id, 'server', sha256)).toBe(null)
  await upload('server', 'b'.repeat(40), key)
})
