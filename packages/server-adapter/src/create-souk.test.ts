import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { createFakeRuntime, createInstalledWorld, KEY, SANDBOX } from '../test/support/create-world'
import { toNodeListener } from './adapters/node'
import { type CreateSoukOptions, createSouk } from './create-souk'
import { createMemoryStorage } from './storage'

const options = (): CreateSoukOptions => ({
  storage: createMemoryStorage(),
  authenticate: () => null,
  secrets: { current: { id: 'k', key: KEY } },
  runtime: createFakeRuntime().runtime,
  sandbox: SANDBOX,
})

test.each([
  ['storage', /`storage` is missing/],
  ['authenticate', /`authenticate` is missing/],
  ['runtime', /`runtime` is missing/],
  ['sandbox', /`sandbox` is missing/],
  ['secrets', /`secrets.current` is missing/],
] as const)('without %s it says at once what to pass', (name, message) => {
  expect(() => createSouk({ ...options(), [name]: undefined })).toThrow(message)
})

test.each(['', '/', 'api', '/api/', '/a b', '//x'])('the base path %j is refused', (basePath) => {
  expect(() => createSouk({ ...options(), basePath })).toThrow(/basePath/)
})

test('an authenticate that answers nonsense or throws lets nobody in', async () => {
  for (const caller of [
    {},
    { userId: 'u', organizationId: '', role: 'admin' },
    { userId: 'u', organizationId: 'o', role: 'root' },
    'admin',
    true,
  ]) {
    const errors: unknown[] = []
    const souk = createSouk({
      ...options(),
      authenticate: () => caller as never,
      onError: (error) => errors.push(error),
    })
    const response = await souk.fetch(new Request('http://product.test/api/souk/me'))
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('authenticate')
    expect(errors).toHaveLength(1)
  }
})

test('it answers over a real socket, through the listener for Node', async () => {
  const souk = createSouk({
    ...options(),
    authenticate: () => ({ userId: 'u', organizationId: 'o', role: 'admin' }),
    basePath: '/souk',
  })
  const server = createServer(toNodeListener(souk))
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/souk`
    expect(await (await fetch(`${base}/me`)).json()).toEqual({
      userId: 'u',
      organizationId: 'o',
      role: 'admin',
      reviewer: false,
    })
    const tooLarge = await fetch(`${base}/developer/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'test' },
      body: 'x'.repeat(2_000_000),
    })
    expect(tooLarge.status).toBe(413)
    const created = await fetch(`${base}/developer/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'test' },
      body: JSON.stringify({ slug: 'acme', title: 'Acme' }),
    })
    expect(created.status).toBe(201)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await souk.close()
  }
})

test('a caller who hangs up ends the function it called', async () => {
  const world = await createInstalledWorld()
  const server = createServer(toNodeListener(world.souk))
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const hangUp = new AbortController()
    const stopped = new Promise<void>((resolve) => {
      world.functions['src/orders.server.ts#findOrders'] = ({ signal }) => {
        signal?.addEventListener('abort', () => resolve())
        hangUp.abort()
        return new Promise(() => {})
      }
    })
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/souk/installations/${world.installation.id}/functions`
    const call = fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-person': 'max', 'x-requested-with': 'test' },
      body: JSON.stringify({ moduleHash: 'src/orders.server.ts#findOrders', args: '[]', idempotencyKey: 'k' }),
      signal: hangUp.signal,
    })
    await expect(call).rejects.toThrow()
    await stopped
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
