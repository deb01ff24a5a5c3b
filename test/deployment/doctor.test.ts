import { tmpdir } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { CHECK_IDS } from '../../packages/extension-sdk/src/cli/doctor/checks'
import { examineDeployment } from '../../packages/extension-sdk/src/cli/doctor/examine-deployment'
import { runSouk } from '../../packages/extension-sdk/test/support/run-souk'
import { createDeployment, type Deployment, type Misconfiguration, withHeaders } from './create-deployment'

const open: Deployment[] = []
afterEach(async () => {
  for (const deployment of open.splice(0)) await deployment.close()
})

const deploy = async (wrong?: Misconfiguration): Promise<Deployment> => {
  const deployment = await createDeployment(wrong)
  open.push(deployment)
  return deployment
}

const isFrame = (answer: Response) => answer.headers.get('content-type')?.startsWith('text/html') ?? false

/** Changes one header of the frame document. */
const header = (name: string, change: (value: string) => string | null): Misconfiguration => ({
  sandbox: (answer) =>
    isFrame(answer)
      ? withHeaders(answer, (headers) => {
          const value = change(headers.get(name) ?? '')
          if (value === null) headers.delete(name)
          else headers.set(name, value)
        })
      : answer,
})
const without = (name: string) => header(name, () => null)
const policy = (from: string | RegExp, to: string) =>
  header('content-security-policy', (value) => {
    const changed = value.replace(from, to)
    if (changed === value) throw new Error(`The policy has no ${from}.`)
    return changed
  })
const always = (name: string, value: string): Misconfiguration => ({
  sandbox: (answer) => withHeaders(answer, (headers) => headers.set(name, value)),
})
const page = (name: string, value: string | null): Misconfiguration => ({
  page: (answer) =>
    withHeaders(answer, (headers) => (value === null ? headers.delete(name) : headers.append(name, value))),
})
/** Something that is no sandbox answers some of the paths. */
const path = (pattern: RegExp, respond: () => Response): Misconfiguration => ({
  sandbox: (answer, request) => (pattern.test(new URL(request.url).pathname) ? respond() : answer),
})

test.each(['origin', 'opaque'] as const)(
  'a deployment in %s mode as the README says has nothing wrong',
  async (isolation) => {
    const checks = await examineDeployment(await deploy({ isolation }))
    expect(checks.filter(({ status }) => status !== 'ok')).toEqual([])
    const skipped = isolation === 'opaque' ? ['frame-host', 'wildcard', 'frame-bound'] : []
    expect(checks.map(({ id }) => id).sort()).toEqual(CHECK_IDS.filter((id) => !skipped.includes(id)).sort())
  },
)

const wrong: readonly (readonly [string, Misconfiguration, readonly string[]])[] = [
  [
    'no Content-Security-Policy',
    without('content-security-policy'),
    [
      'csp',
      'csp-default',
      'csp-script',
      'csp-connect',
      'csp-worker',
      'csp-nothing-else',
      'csp-ancestors',
      'csp-sandbox',
      'csp-trusted-types',
    ],
  ],
  ['a policy that starts from self', policy("default-src 'none'", "default-src 'self'"), ['csp-default']],
  ['inline scripts', policy(/script-src [^;]+/, "script-src 'self' 'unsafe-inline'"), ['csp-script']],
  ['scripts of the whole origin', policy('/boot/', '/'), ['csp-script']],
  [
    'a policy of a Host that a proxy has changed',
    policy(/script-src [^;]+/, 'script-src http://internal:8080/boot/'),
    ['csp-script'],
  ],
  ['requests to anywhere', policy(/connect-src [^;]+/, 'connect-src *'), ['csp-connect']],
  ['requests to an analytics host beside', policy('/b/;', '/b/ https://stats.example;'), ['csp-connect']],
  ['workers from anywhere', policy('worker-src blob:', 'worker-src *'), ['csp-worker']],
  ['images', policy("img-src 'none'", 'img-src https:'), ['csp-nothing-else']],
  ['forms', policy("form-action 'none'; ", ''), ['csp-nothing-else']],
  ['a base', policy("base-uri 'none'; ", ''), ['csp-nothing-else']],
  ['frames', policy("frame-src 'none'", 'frame-src https:'), ['csp-nothing-else']],
  ['any site as ancestor', policy(/frame-ancestors [^;]+/, 'frame-ancestors *'), ['csp-ancestors']],
  [
    'ancestors of a whole domain',
    policy(/frame-ancestors [^;]+/, 'frame-ancestors http://*.localhost'),
    ['csp-ancestors'],
  ],
  [
    'another product as ancestor',
    policy(/frame-ancestors [^;]+/, 'frame-ancestors https://other.example'),
    ['csp-ancestors'],
  ],
  ['X-Frame-Options of a proxy', always('x-frame-options', 'SAMEORIGIN'), ['csp-ancestors']],
  ['no sandbox', policy(/sandbox [^;]+; /, ''), ['csp-sandbox']],
  ['a sandbox with popups', policy('sandbox allow-scripts', 'sandbox allow-popups allow-scripts'), ['csp-sandbox']],
  ['no Trusted Types', policy(/; require-trusted-types-for.*/, ''), ['csp-trusted-types']],
  ['any Trusted Types policy', policy('trusted-types souk-boot', 'trusted-types *'), ['csp-trusted-types']],
  ['no Permissions-Policy', without('permissions-policy'), ['permissions-policy']],
  [
    'the camera',
    header('permissions-policy', (value) => value.replace('camera=()', 'camera=(self)')),
    ['permissions-policy'],
  ],
  [
    'no word of the clipboard',
    header('permissions-policy', (value) => value.replace('clipboard-read=(), ', '')),
    ['permissions-policy'],
  ],
  ['no Origin-Agent-Cluster', without('origin-agent-cluster'), ['origin-agent-cluster']],
  ['no embedder policy', without('cross-origin-embedder-policy'), ['embedder-policy']],
  ['no opener policy', without('cross-origin-opener-policy'), ['opener-policy']],
  [
    'a resource policy of the same origin',
    header('cross-origin-resource-policy', () => 'same-origin'),
    ['resource-policy'],
  ],
  ['referrers', header('referrer-policy', () => 'origin'), ['referrer-policy']],
  ['sniffing', without('x-content-type-options'), ['content-type-options']],
  ['names resolved ahead', without('x-dns-prefetch-control'), ['dns-prefetch']],
  ['no Connection-Allowlist', without('connection-allowlist'), ['connection-allowlist']],
  ['a CDN that stores documents', header('cache-control', () => 'public, max-age=600'), ['frame-not-stored']],
  ['a CDN that lets everybody read', always('access-control-allow-origin', '*'), ['frame-private']],
  ['a load balancer with a cookie', always('set-cookie', 'lb=node-1; Path=/'), ['no-cookies']],
  [
    'a boot script that was rewritten',
    path(/^\/boot\//, () => new Response('/* other */', { headers: { 'content-type': 'text/javascript' } })),
    ['boot-integrity', 'script-headers', 'nothing-else'],
  ],
  [
    'a bundle that is gone',
    path(/^\/b\//, () => new Response('gone', { status: 404 })),
    ['bundle-integrity', 'script-headers'],
  ],
  [
    'scripts for the same origin alone',
    {
      sandbox: (answer) =>
        isFrame(answer) ? answer : withHeaders(answer, (headers) => headers.delete('access-control-allow-origin')),
    },
    ['script-headers'],
  ],
  [
    'scripts with credentials',
    {
      sandbox: (answer) =>
        isFrame(answer)
          ? answer
          : withHeaders(answer, (headers) => headers.set('access-control-allow-credentials', 'true')),
    },
    ['script-headers'],
  ],
  [
    'an application on the same host',
    path(/^\/login$/, () => new Response('<form>', { headers: { 'content-type': 'text/html' } })),
    ['nothing-else'],
  ],
  [
    'an application that answers everything',
    {
      sandbox: (answer) =>
        answer.status === 404 ? new Response('<div id="app">', { headers: { 'content-type': 'text/html' } }) : answer,
    },
    ['nothing-else', 'no-query', 'frame-bound'],
  ],
  [
    'a form handler',
    { sandbox: (answer, request) => (request.method === 'POST' ? new Response('thanks') : answer) },
    ['only-reading'],
  ],
  [
    'a proxy that drops the query',
    { sandbox: (answer, request) => (request.url.includes('?') ? new Response('ok') : answer) },
    ['no-query'],
  ],
  [
    'a proxy that answers on every host for one',
    { sandbox: (answer) => (answer.status === 404 ? new Response('ok', { status: 200 }) : answer) },
    ['nothing-else', 'no-query', 'frame-bound'],
  ],
  ['no frame-src', page('content-security-policy', null), ['page-frame-src']],
  [
    'frame-src of every https: host',
    {
      page: (answer) =>
        withHeaders(answer, (headers) => headers.set('content-security-policy', 'frame-src https: http:')),
    },
    ['page-frame-src'],
  ],
  [
    'frame-src of another host',
    {
      page: (answer) =>
        withHeaders(answer, (headers) => headers.set('content-security-policy', 'frame-src https://sandbox.example')),
    },
    ['page-frame-src'],
  ],
  [
    'a page that cannot be seen',
    {
      page: () =>
        new Response('no', { status: 401, headers: { 'content-security-policy': 'frame-src http://*.localhost:*' } }),
    },
    ['page-served'],
  ],
  [
    'a wildcard that is one host',
    {
      isolation: 'opaque',
      sandboxOrigin: (port) => `http://127.0.0.1:${port}`,
      sandbox: (answer) =>
        isFrame(answer)
          ? withHeaders(answer, (headers) =>
              headers.set(
                'content-security-policy',
                (headers.get('content-security-policy') ?? '').replace(
                  'sandbox allow-scripts',
                  'sandbox allow-scripts allow-same-origin',
                ),
              ),
            )
          : answer,
    },
    ['frame-host', 'wildcard'],
  ],
  [
    'the sandbox beside the page',
    { isolation: 'opaque', sandboxOrigin: (port) => `http://sandbox.app.localhost:${port}`, pageHost: 'app.localhost' },
    ['frame-site'],
  ],
  [
    'the sandbox beside a page of its own cluster',
    {
      isolation: 'opaque',
      sandboxOrigin: (port) => `http://sandbox.app.localhost:${port}`,
      pageHost: 'app.localhost',
      ...page('origin-agent-cluster', '?1'),
    },
    ['frame-site'],
  ],
  [
    'a session for the whole domain',
    {
      isolation: 'opaque',
      sandboxOrigin: (port) => `http://sandbox.app.localhost:${port}`,
      pageHost: 'app.localhost',
      page: (answer) =>
        withHeaders(answer, (headers) => {
          headers.set('set-cookie', 'session=secret; Domain=app.localhost')
          headers.set('origin-agent-cluster', '?1')
        }),
    },
    ['frame-site', 'page-cookies'],
  ],
]

describe('souk doctor catches, by name,', () => {
  test.each(wrong)('%s', async (_what, misconfiguration, ids) => {
    const checks = await examineDeployment(await deploy(misconfiguration))
    const found = checks.filter(({ status }) => status !== 'ok')
    expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort())
    for (const { found: seen, why, fix } of found) for (const text of [seen, why, fix]) expect(text).toMatch(/\w{3}/)
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  test("a frame on the page's own origin", async () => {
    const { frame } = await deploy()
    const checks = await examineDeployment({ page: frame, frame })
    expect(checks.find(({ id }) => id === 'frame-origin')?.status).toBe('problem')
  })

  test('a sandbox that is not there', async () => {
    const { page: address, frame } = await deploy()
    const { port } = new URL(frame)
    const checks = await examineDeployment({ page: address, frame: frame.replace(port, '1') })
    expect(checks.find(({ id }) => id === 'frame-served')).toMatchObject({
      status: 'problem',
      found: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('a frame that is gone', async () => {
    const { page: address, frame } = await deploy()
    const checks = await examineDeployment({
      page: address,
      frame: frame.replace(/.$/, (last) => (last === 'a' ? 'e' : 'a')),
    })
    expect(checks.find(({ id }) => id === 'frame-served')).toMatchObject({
      status: 'problem',
      found: 'it answered 404',
    })
  })
})

describe('the command', () => {
  const run = async (wrongly: Misconfiguration | undefined, ...options: readonly string[]) => {
    const { page: address, frame } = await deploy(wrongly)
    return runSouk(tmpdir(), ['doctor', '--page', address, '--frame', `${frame}#n=secret`, ...options])
  }

  test('says what is wrong, why it matters and what to do, and fails', async () => {
    const { exitCode, stdout } = await run(without('content-security-policy'))
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(
      /✖ The frame document has a Content-Security-Policy.*\n {4}found: no content-security-policy\n {4}why it matters: .+\n {4}what to do: .+/,
    )
    expect(stdout).toMatch(/\d+ right, 9 wrong, 0 warnings, 0 unknown/)
  })

  test('prints one JSON value, without the fragment of the address', async () => {
    const { exitCode, stdout, stderr, json } = await run(undefined, '--json')
    expect(stderr).toBe('')
    expect(json()).toMatchObject({
      ok: true,
      checks: expect.arrayContaining([{ id: 'csp', title: expect.any(String), status: 'ok' }]),
    })
    expect(stdout).not.toContain('secret')
    expect(exitCode).toBe(0)
    expect((await run(without('permissions-policy'), '--json')).json()).toMatchObject({ ok: false })
  })

  test.each([
    [['doctor'], /--page/],
    [['doctor', '--page', 'https://app.example'], /iframe\[sandbox\]/],
    [['doctor', '--page', 'ftp://app.example', '--frame', 'x'], /not the address/],
  ])('%j says what is missing', async (args, message) => {
    const { exitCode, stderr } = await runSouk(tmpdir(), args)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(message)
  })
})
