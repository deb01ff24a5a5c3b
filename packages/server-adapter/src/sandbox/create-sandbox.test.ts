import { expect, test } from 'vitest'
import { createInstalledWorld, createManifest, SANDBOX } from '../../test/support/create-world'
import { sha256 } from '../crypto/hash'
import { createSandbox } from './create-sandbox'
import type { SandboxOptions } from './sandbox-origin'

const asset = (source: string) => ({ source, sha256: sha256(source) })
const assets = {
  boot: asset('/* boot */'),
  worker: asset('/* worker */'),
  workerDevelopment: asset('/* development worker */'),
  probe: asset('/* probe */'),
}
const OPAQUE: SandboxOptions = {
  isolation: 'opaque',
  origin: 'http://sandbox.test:4401',
  hostOrigins: SANDBOX.hostOrigins,
}

const createPlace = async (options: SandboxOptions = SANDBOX) => {
  const world = await createInstalledWorld()
  const errors: unknown[] = []
  const sandbox = createSandbox({
    ...options,
    storage: world.storage,
    loadAssets: async () => assets,
    onError: (error) => errors.push(error),
  })
  const { id } = world.installation
  const origin = options.origin.replace('*', id)
  const get = (url: string, init?: RequestInit) => sandbox.fetch(new Request(url, init))
  return { world, errors, get, id, origin, path: `/frame/${id}/${world.first.id}` }
}

test('a frame in origin mode has exactly the headers of its cage', async () => {
  const { get, origin, path } = await createPlace()
  const response = await get(origin + path)
  expect(response.status).toBe(200)
  const { 'permissions-policy': permissions, ...headers } = Object.fromEntries(response.headers)
  expect(headers).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      `default-src 'none'; script-src ${origin}/boot/; connect-src ${origin}/b/; worker-src blob:; child-src blob:; ` +
      "img-src 'none'; style-src 'none'; font-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'; " +
      "manifest-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors http://product.test; " +
      "sandbox allow-scripts allow-same-origin; require-trusted-types-for 'script'; trusted-types souk-boot",
    'connection-allowlist': `("${origin}/boot/*" "${origin}/b/*")`,
    'origin-agent-cluster': '?1',
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'cache-control': 'no-store',
  })
  for (const feature of ['camera', 'microphone', 'geolocation', 'clipboard-read', 'usb', 'payment', 'fullscreen'])
    expect(permissions).toContain(`${feature}=()`)
  expect(permissions).not.toMatch(/=\([^)]/)
})

test('a frame in opaque mode has no origin of its own', async () => {
  const { get, origin, path } = await createPlace(OPAQUE)
  const response = await get(origin + path)
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain('; sandbox allow-scripts; ')
  expect(policy).not.toContain('allow-same-origin')
  expect(policy).toContain('script-src http://sandbox.test:4401/boot/;')
})

test('the document names ids and hashes and nothing else', async () => {
  const { get, origin, path, id, world } = await createPlace()
  const html = await (await get(origin + path)).text()
  expect(html).toContain(`data-installation-id="${id}"`)
  expect(html).toContain(`data-app-id="${world.app.id}"`)
  expect(html).toContain(`data-runtime="${assets.worker.sha256}"`)
  expect(html).toContain(`data-bundle="${sha256('// client 1.0.0')}"`)
  expect(html).toContain('data-host-origins="http://product.test"')
  expect(html).toContain(`<script src="/boot/${assets.boot.sha256}.js" crossorigin></script>`)
  expect(html).not.toMatch(/Order lookup|\bada\b|org-a/)
})

test.each([SANDBOX, OPAQUE])(
  'the document of the self-test has the cage of a frame and says nothing of any ($isolation)',
  async (options) => {
    const { get, origin, path, id } = await createPlace(options)
    const probe = await get(`${origin}/probe`)
    expect([probe.status, Object.fromEntries(probe.headers)]).toEqual([
      200,
      Object.fromEntries((await get(origin + path)).headers),
    ])
    const html = await probe.text()
    expect(html).toContain(`<script src="/boot/${assets.probe.sha256}.js" crossorigin></script>`)
    expect(html).toContain('data-host-origins="http://product.test"')
    expect(html.replaceAll(origin, '')).not.toContain(id)
    expect(await (await get(`${origin}/boot/${assets.probe.sha256}.js`)).text()).toBe(assets.probe.source)
    expect((await get(`${origin}/probe?x`)).status).toBe(404)
  },
)

test.each([SANDBOX, OPAQUE])(
  'scripts are served by hash to anybody, forever and without cookies ($isolation)',
  async (options) => {
    const { get, origin } = await createPlace(options)
    for (const [url, source] of [
      [`/boot/${assets.boot.sha256}.js`, assets.boot.source],
      [`/b/${assets.worker.sha256}.js`, assets.worker.source],
      [`/b/${sha256('// client 1.0.0')}.js`, '// client 1.0.0'],
    ] as const) {
      const response = await get(origin + url, { headers: { origin: 'null', cookie: 'session=1' } })
      expect(await response.text()).toBe(source)
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(response.headers.get('set-cookie')).toBeNull()
    }
  },
)

test.each([SANDBOX, OPAQUE])('everything else is not there ($isolation)', async (options) => {
  const { get, origin, path, id, world, errors } = await createPlace(options)
  const hash = assets.worker.sha256
  for (const url of [
    '/',
    '/favicon.ico',
    '/api/souk/me',
    '/frame',
    `/frame/${id}`,
    `${path}/`,
    `${path}?x=1`,
    `${path}?`,
    `${path}/../../b/${hash}.js`.replace('/../..', '/%2e%2e%2f'),
    `/frame/${id}/${'a'.repeat(26)}`,
    `/frame/${'a'.repeat(26)}/${world.first.id}`,
    `/frame/${id.toUpperCase()}/${world.first.id}`,
    '/frame/__proto__/constructor',
    `/frame/${encodeURIComponent('"><script>')}/x`,
    `/b/${hash}`,
    `/b/${hash}.js?v=2`,
    `/b/${hash.toUpperCase()}.js`,
    `/b/${'a'.repeat(64)}.js`,
    `/b/${sha256('// server 1.0.0')}.js`,
    `/boot/${hash}.js`,
    `//b/${hash}.js`,
  ]) {
    const response = await get(origin + url)
    expect(response.status, url).toBe(404)
    expect(response.headers.get('content-security-policy'), url).toContain('sandbox')
    expect(response.headers.get('access-control-allow-origin'), url).toBeNull()
  }
  expect(errors).toEqual([])
})

test('a frame is served on the origin of its own installation and on no other', async () => {
  const { get, id, path, world } = await createPlace()
  const other = await world.install('bea', world.first)
  for (const host of [
    `${other.id}.sandbox.test:4401`,
    'sandbox.test:4401',
    `${id}.sandbox.test`,
    `${id}.sandbox.test:4402`,
    `${id}.evil.test:4401`,
    `x.${id}.sandbox.test:4401`,
    `${id}.sandbox.test.evil.test:4401`,
    'product.test',
  ]) {
    expect((await get(`http://${host}${path}`)).status, host).toBe(404)
    // What the request says in its Host header counts, not what a proxy made the address.
    expect((await get(`http://${id}.sandbox.test:4401${path}`, { headers: { host } })).status, host).toBe(404)
  }
})

test('a frame is gone with the version it shows, and with the installation', async () => {
  const { get, origin, path, id, world } = await createPlace()
  const second = await world.publish(world.key, createManifest('1.1.0'))
  expect((await get(`${origin}/frame/${id}/${second.id}`)).status).toBe(404)
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  expect((await get(origin + path)).status).toBe(404)
  expect((await get(`${origin}/frame/${id}/${second.id}`)).status).toBe(200)
  await world.must(200, 'ada', `POST /installations/${id}/uninstall`, { body: {} })
  expect((await get(`${origin}/frame/${id}/${second.id}`)).status).toBe(404)
})

test('a development deployment runs on the development runtime, and only that', async () => {
  const { get, origin, path, id, world } = await createPlace()
  expect(await (await get(origin + path)).text()).toContain(`data-runtime="${assets.worker.sha256}"`)
  const second = await world.deploy(world.key, createManifest('1.1.0'), {
    deploymentType: 'development',
    targetOrganizationId: 'org-a',
  })
  await world.must(200, 'ada', `POST /installations/${id}/upgrade`, {
    body: { deploymentId: second.id, ...world.consent },
  })
  const html = await (await get(`${origin}/frame/${id}/${second.id}`)).text()
  expect(html).toContain(`data-runtime="${assets.workerDevelopment.sha256}"`)
  const script = await get(`${origin}/b/${assets.workerDevelopment.sha256}.js`)
  expect(await script.text()).toBe(assets.workerDevelopment.source)
})

test('only reading is possible', async () => {
  const { get, origin, path } = await createPlace()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    const response = await get(origin + path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  }
  const head = await get(origin + path, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a database that is gone is a plain answer and is reported', async () => {
  const { get, origin, path, world, errors } = await createPlace()
  await world.storage.close()
  const response = await get(origin + path)
  expect([response.status, await response.text()]).toEqual([503, 'The database did not answer. Try again.'])
  expect(errors).toHaveLength(1)
})

test.each([
  ['no star in origin mode', { origin: 'https://sandbox.test' }, /with a star/],
  ['a star in opaque mode', { isolation: 'opaque' as const }, /has a star/],
  [
    "the product's own origin",
    { isolation: 'opaque' as const, origin: 'http://product.test' },
    /own|origin of the product/,
  ],
  ['a path', { origin: 'https://*.sandbox.test/x' }, /without a path/],
  ['no host origins', { hostOrigins: [] }, /hostOrigins/],
  [
    'a host origin that would break the policy',
    { hostOrigins: ["https://a.test; script-src 'unsafe-inline'"] },
    /hostOrigins/,
  ],
  ['a star as host origin', { hostOrigins: ['*'] }, /hostOrigins/],
])('%s is refused at start', (_, changes, message) => {
  expect(() => createSandbox({ ...SANDBOX, ...changes, storage: {} as never })).toThrow(message)
})
