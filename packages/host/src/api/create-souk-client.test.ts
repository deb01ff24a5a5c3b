import { describe, expect, test, vi } from 'vitest'
import { HostError } from '../host-error'
import { createSoukClient } from './create-souk-client'

const answering = (status: number, body: unknown) =>
  vi.fn(async (_url: string | URL | Request, _init?: RequestInit) => new Response(JSON.stringify(body), { status }))

const extension = {
  appId: 'app',
  appInstallationId: 'abc',
  deploymentId: 'd1',
  slug: 'orders',
  title: 'Orders',
  avatarUrl: null,
  version: '1.0.0',
  isolation: 'origin',
  frameUrl: 'http://abc.localhost:4401/frame/abc/d1',
  surfaces: [{ kind: 'record.widgets', id: 'orders', label: 'Orders' }],
  grantedScopes: [],
  settings: { organization: { apiUrl: 'https://x.example' }, user: {} },
  needsConfiguration: false,
}

const rejection = async (promise: Promise<unknown>): Promise<HostError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof HostError)) throw new Error('It did not reject with a HostError.')
  return error
}

test.each([
  ['no items', {}],
  ['null', null],
  ['text', 'hello'],
  ['items that are no array', { items: {} }],
  ['an item that is null', { items: [null] }],
  ['an isolation that does not exist', { items: [{ ...extension, isolation: 'none' }] }],
  ['a frame URL that is no string', { items: [{ ...extension, frameUrl: { toString: 'x' } }] }],
  ['a surface without a label', { items: [{ ...extension, surfaces: [{ kind: 'a', id: 'b' }] }] }],
  [
    'a settings value that is an object',
    { items: [{ ...extension, settings: { organization: { a: {} }, user: {} } }] },
  ],
  ['settings that hold only inherited fields', { items: [Object.create(extension)] }],
])('an answer with %s is INVALID_RESPONSE', async (_name, body) => {
  const client = createSoukClient({ baseUrl: '/api/souk', fetch: answering(200, body) })
  const error = await rejection(client.extensions())
  expect(error.code).toBe('INVALID_RESPONSE')
})

test('an answer of the right shape is returned, and fields of a newer server do not matter', async () => {
  const body = { items: [{ ...extension, invented: 1 }] }
  expect(await createSoukClient({ baseUrl: '/api/souk/', fetch: answering(200, body) }).extensions()).toEqual(
    body.items,
  )
})

test('an id cannot leave its path segment', async () => {
  const fetch = answering(404, {})
  await rejection(createSoukClient({ baseUrl: '/api/souk', fetch }).uninstall('../../admin?x=1'))
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/souk/installations/..%2F..%2Fadmin%3Fx%3D1/uninstall')
})

test('requests carry the session of the same origin only, and JSON', async () => {
  const fetch = answering(200, { result: '1', traceId: 't', durationMs: 1 })
  const call = { moduleHash: 'a#b', args: '[]', idempotencyKey: 'k' }
  await createSoukClient({ baseUrl: '/api/souk', fetch }).callFunction('abc', call)
  const init = fetch.mock.calls[0]?.[1]
  expect(init).toMatchObject({ method: 'POST', credentials: 'same-origin', body: JSON.stringify(call) })
})

describe('errors', () => {
  test('a problem keeps its code, fields, trace id and checks', async () => {
    const checks = [{ code: 'A', field: 'b', severity: 'error', message: 'c', fix: 'd' }]
    const body = {
      type: 'x',
      title: 'Invalid input',
      status: 400,
      detail: 'Wrong.',
      code: 'INVALID_INPUT',
      message: 'Wrong.',
      fields: { apiUrl: 'Must be https.' },
      traceId: 't1',
      checks,
    }
    const error = await rejection(
      createSoukClient({ baseUrl: '', fetch: answering(400, body) }).saveSettings('a', 'user', {}),
    )
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'Wrong.',
      fields: { apiUrl: 'Must be https.' },
      traceId: 't1',
      checks,
    })
  })

  test.each([
    [401, '', 'UNAUTHENTICATED'],
    [403, { code: 7 }, 'FORBIDDEN'],
    [404, null, 'NOT_FOUND'],
    [500, { code: 'NEVER_HEARD_OF', message: 'x' }, 'INTERNAL'],
    [502, '<html>', 'INTERNAL'],
    [500, { code: 'constructor', message: 'x' }, 'INTERNAL'],
  ])('status %s with %o is %s', async (status, body, code) => {
    expect((await rejection(createSoukClient({ baseUrl: '', fetch: answering(status, body) }).me())).code).toBe(code)
  })

  test('checks of the wrong shape are left out', async () => {
    const fetch = answering(409, { code: 'PUBLISH_CHECKS_FAILED', message: 'x', checks: [{ code: 1 }] })
    expect((await rejection(createSoukClient({ baseUrl: '', fetch }).me())).checks).toBeUndefined()
  })

  test('a server that cannot be reached is NETWORK_FAILED and keeps its cause', async () => {
    const cause = new TypeError('fetch failed')
    const error = await rejection(createSoukClient({ baseUrl: '', fetch: () => Promise.reject(cause) }).me())
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', cause })
  })

  test('a call that was given up is ABORTED', async () => {
    const controller = new AbortController()
    controller.abort()
    const fetch = () => Promise.reject(new DOMException('x', 'AbortError'))
    const call = { moduleHash: 'a#b', args: '[]', idempotencyKey: 'k' }
    const error = await rejection(createSoukClient({ baseUrl: '', fetch }).callFunction('a', call, controller.signal))
    expect(error.code).toBe('ABORTED')
  })
})

test('listeners hear of changes that were made, not of those that failed, and not after they left', async () => {
  const settings = { schema: {}, values: {}, secretsSet: [] }
  const fetch = answering(200, settings)
  const client = createSoukClient({ baseUrl: '', fetch })
  const listener = vi.fn()
  const end = client.subscribe(listener)
  await client.settings('a', 'user')
  expect(listener).not.toHaveBeenCalled()
  await client.saveSettings('a', 'user', {})
  expect(listener).toHaveBeenCalledOnce()
  fetch.mockResolvedValueOnce(new Response('{}', { status: 500 }))
  await rejection(client.saveSettings('a', 'user', {}))
  end()
  await client.saveSettings('a', 'user', {})
  expect(listener).toHaveBeenCalledOnce()
})

test('files go in a form of parts behind their call, as they are', async () => {
  const fetch = answering(200, { result: 'null', traceId: 't', durationMs: 1 })
  const call = { moduleHash: 'src/a.server.ts#a', args: '[]', idempotencyKey: 'k' }
  const handle = { id: `souk-file:${'a'.repeat(43)}`, name: 'orders.csv', size: 3, type: 'text/csv' }
  const file = new File(['a,b'], 'C:\\orders.csv', { type: 'text/csv' })
  await createSoukClient({ baseUrl: '/api/souk', fetch }).callFunctionWithFiles('abc', call, [{ handle, file }])
  const [url, { method, headers, body } = {}] = fetch.mock.calls[0] ?? []
  expect([url, method]).toEqual(['/api/souk/installations/abc/functions/with-files', 'POST'])
  // The browser writes it, with the boundary.
  expect(headers).not.toHaveProperty('content-type')
  const [[first, json], [second, sent]] = [...(body as FormData)] as [[string, string], [string, File]]
  expect([first, JSON.parse(json)]).toEqual(['call', call])
  expect([second, sent.name, sent.type, await sent.text()]).toEqual([handle.id, 'orders.csv', 'text/csv', 'a,b'])
})
