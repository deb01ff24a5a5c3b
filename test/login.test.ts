import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runSouk } from '../packages/extension-sdk/test/support/run-souk'
import { toNodeListener } from '../packages/server-adapter/src/adapters/node'
import { type Caller, createSouk } from '../packages/server-adapter/src/index'
import { createMemoryStorage } from '../packages/server-adapter/src/storage'

const ADA: Caller = { userId: 'ada', organizationId: 'northwind', role: 'admin' }

/** A product with a developer account of Ada's, which decides about the first command line that logs in. */
const startProduct = async (decision: 'approve' | 'deny' | 'nothing') => {
  const souk = createSouk({
    storage: createMemoryStorage(),
    authenticate: () => null,
    secrets: { current: { id: 'k', key: Buffer.alloc(32, 7).toString('base64') } },
    runtime: {
      load: async () => {},
      invoke: () => Promise.reject(new Error('There are no functions here.')),
      unload: async () => {},
      dispose: async () => {},
      stats: () => ({ processes: 0, calls: 0, kills: 0 }),
    },
    sandbox: { isolation: 'origin', origin: 'http://*.sandbox.test', hostOrigins: ['http://product.test'] },
    deviceLogin: { verificationUri: 'http://product.test/device' },
  })
  const account = await souk.api.createDeveloperAccount(ADA, { body: { slug: 'northwind', title: 'Northwind' } })
  const fetch = async (request: Request): Promise<Response> => {
    const response = await souk.fetch(request)
    if (!request.url.endsWith('/oauth/device')) return response
    const { user_code: userCode } = await response.clone().json()
    if (decision === 'approve')
      await souk.api.approveDeviceLogin(ADA, { body: { userCode, developerAccountId: account.id } })
    if (decision === 'deny') await souk.api.denyDeviceLogin(ADA, { body: { userCode } })
    return response
  }
  const server = createServer(toNodeListener({ fetch }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const home = await mkdtemp(join(tmpdir(), 'souk-login-'))
  const config = join(home, 'config')
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runSouk(home, args, { XDG_CONFIG_HOME: config, ...env })
  return { souk, run, url: `http://127.0.0.1:${port}/api/souk`, home, file: join(config, 'souk', 'credentials.json') }
}

test('souk login keeps a key for its owner alone, whoami uses it, and souk logout revokes it', async () => {
  const { souk, run, url, file } = await startProduct('approve')
  const login = await run(['login', '--url', `${url}/`, '--name', 'laptop', '--scope', 'read,deploy', '--json'])
  expect(login.stderr).toMatch(/http:\/\/product\.test\/device\?code=[A-Z]{4}-[A-Z]{4}/)
  expect(login.json()).toMatchObject({ url, name: 'laptop', scope: 'read deploy', file })
  expect(login.stdout).not.toContain('souk_')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(join(file, '..'))).mode & 0o777).toBe(0o700)

  // Nothing is named: it is where the login was.
  const who = await run(['whoami', '--json'])
  expect(who.json()).toMatchObject({
    url,
    accounts: [{ slug: 'northwind' }],
    key: { name: 'laptop', scope: 'read deploy' },
  })
  expect(who.stdout).not.toContain('souk_')

  const { key } = JSON.parse(await readFile(file, 'utf8')).marketplaces[url]
  const out = await run(['logout', '--json'])
  expect(out.json()).toEqual({ url, loggedOut: true, revoked: true })
  expect(await readFile(file, 'utf8')).not.toContain('souk_')
  const [listed] = (await souk.api.listOwnKeys(ADA, {})).items
  expect(listed).toMatchObject({ name: 'laptop', revokedAt: expect.any(String) })

  const after = await run(['whoami', '--url', url, '--json'])
  expect(after).toMatchObject({ exitCode: 1 })
  expect(after.json()).toMatchObject({
    error: { code: 'UNAUTHENTICATED', message: expect.stringMatching(/souk login/) },
  })
  // The key of the environment comes before any login.
  expect((await run(['whoami', '--url', url, '--json'], { SOUK_API_KEY: key })).json()).toMatchObject({
    error: { code: 'UNAUTHENTICATED' },
  })
})

test('a login that is denied says so and keeps nothing', async () => {
  const { run, url, file } = await startProduct('deny')
  const { exitCode, stderr } = await run(['login', '--url', url])
  expect({ exitCode, said: /DEVICE_ACCESS_DENIED/.test(stderr) }).toEqual({ exitCode: 1, said: true })
  await expect(stat(file)).rejects.toThrow()
})

test.each([
  [['login', '--url', 'http://127.0.0.1:1/api/souk', '--scope', 'root', '--json'], 'CLI_USAGE'],
  [['login', '--url', 'http://127.0.0.1:1/api/souk', '--json'], 'API_UNREACHABLE'],
  [['logout', '--json'], 'CLI_USAGE'],
])('%j fails with %s', async (args, code) => {
  const home = await mkdtemp(join(tmpdir(), 'souk-login-'))
  const { exitCode, json } = await runSouk(home, args)
  expect({ exitCode, answer: json() }).toMatchObject({ exitCode: 1, answer: { error: { code } } })
})

test('a file of keys that was damaged is refused, not overwritten', async () => {
  const { run, home, url } = await startProduct('nothing')
  const folder = join(home, 'config', 'souk')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'credentials.json'), '{"marketplaces":{"x":{"key":1}}}')
  const { exitCode, json } = await run(['whoami', '--url', url, '--json'])
  expect({ exitCode, answer: json() }).toMatchObject({ exitCode: 1, answer: { error: { code: 'CONFIG_INVALID' } } })
})
