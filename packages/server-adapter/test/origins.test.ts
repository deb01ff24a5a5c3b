import { expect, test } from 'vitest'
import { createSouk } from '../src/index'
import { createMemoryStorage } from '../src/storage'
import { createFakeRuntime, createWorld, KEY, ORIGIN, people, SANDBOX } from './support/create-world'

const create = (allowedOrigins: readonly string[] = ['https://admin.example.com']) => {
  const storage = createMemoryStorage()
  const souk = createSouk({
    storage,
    // A cookie of the product, which a browser sends along on its own.
    authenticate: ({ headers }) => (headers.get('cookie') === 'session=ada' ? people.ada : null),
    secrets: { current: { id: 'k', key: KEY } },
    runtime: createFakeRuntime().runtime,
    sandbox: SANDBOX,
    allowedOrigins,
  })
  const write = async (headers: Readonly<Record<string, string>>) => {
    const response = await souk.fetch(
      new Request(`${ORIGIN}/api/souk/developer/accounts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: 'session=ada', ...headers },
        body: '{"slug":"acme","title":"Acme"}',
      }),
    )
    const { items } = await storage.developerAccounts.listForUser('ada', { limit: 9 })
    const { code = 'ok' } = await response.json()
    return { status: response.status, code, written: items.length }
  }
  return { souk, write }
}

const REFUSED = { status: 403, code: 'CROSS_ORIGIN', written: 0 }
const WRITTEN = { status: 201, code: 'ok', written: 1 }

test.each([
  [
    'a form of another site, in any browser of today',
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  ],
  ['the same without an Origin', { 'sec-fetch-site': 'cross-site' }],
  [
    'a page of a sister domain, which may be taken over',
    { 'sec-fetch-site': 'same-site', origin: 'http://blog.product.test' },
  ],
  ['an older browser, which says the Origin alone', { origin: 'https://evil.example' }],
  ['a sandboxed frame, whose origin is null', { origin: 'null' }],
  ['an origin that only begins like the own', { origin: `${ORIGIN}.evil.example` }],
  ['the own host over another scheme', { origin: ORIGIN.replace('http:', 'https:') }],
  ['the own host at another port', { origin: `${ORIGIN}:8080` }],
  ['an origin that only begins like a listed one', { origin: 'https://admin.example.com.evil.example' }],
  ['a listed origin in another case of the scheme', { origin: 'HTTPS://admin.example.com' }],
  ['a request that says nothing of where it comes from', {}],
  ['credentials that browsers send on their own', { authorization: 'Basic YWRhOmFkYQ==' }],
  ['a bearer without a credential', { authorization: 'Bearer ' }],
  ['a custom header beside a site that gives it away', { 'sec-fetch-site': 'cross-site', 'x-requested-with': 'x' }],
  ['a custom header beside an origin that gives it away', { origin: 'https://evil.example', 'x-requested-with': 'x' }],
  ['a bearer beside an origin that gives it away', { origin: 'https://evil.example', authorization: 'Bearer x' }],
  ['a made up site', { 'sec-fetch-site': 'same-origin, cross-site' }],
  [
    'the address of the product in a header nobody trusts',
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
  ],
])('%s changes nothing', async (_, headers) => {
  expect(await create().write(headers as Record<string, string>)).toEqual(REFUSED)
})

test.each([
  ['a page of the product', { 'sec-fetch-site': 'same-origin', origin: ORIGIN }],
  [
    'the same behind a proxy that changes the host',
    { 'sec-fetch-site': 'same-origin', origin: 'https://app.example.com' },
  ],
  ['what a person began, such as a bookmark', { 'sec-fetch-site': 'none' }],
  ['an older browser on a page of the product', { origin: ORIGIN }],
  ['another origin that the product lists', { 'sec-fetch-site': 'same-site', origin: 'https://admin.example.com' }],
  ['the same in an older browser', { origin: 'https://admin.example.com' }],
  ['a program that says what it is', { 'x-requested-with': 'backup' }],
  ['a program with a bearer token of the product', { authorization: 'Bearer token-of-the-product' }],
])('%s may write', async (_, headers) => {
  expect(await create().write(headers as Record<string, string>)).toEqual(WRITTEN)
})

test('reading is not refused: an answer is of no use to another origin', async () => {
  const { souk } = create()
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const response = await souk.fetch(
      new Request(`${ORIGIN}/api/souk/me`, {
        headers: { cookie: 'session=ada', ...(headers as Record<string, string>) },
      }),
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('a command line with its key needs to say nothing else', async () => {
  const world = createWorld()
  const { key, account } = await world.openAccount()
  const body = { developerAccountId: account.id, slug: 'other', title: 'Other' }
  const answer = await world.send(null, 'POST /developer/apps', { key, body, headers: { 'x-requested-with': '' } })
  expect(answer.status).toBe(201)
})

test.each(['https://admin.example.com/', 'admin.example.com', '*', 'null', ''])(
  'the allowed origin %j is refused at once',
  (origin) => {
    expect(() => create([origin])).toThrow(/allowedOrigins/)
  },
)
