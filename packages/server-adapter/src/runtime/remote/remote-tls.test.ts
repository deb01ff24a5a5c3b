import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleOf, callFunction } from '../runtime-test-kit'
import { createRemoteRuntime, type RemoteRuntimeOptions } from './create-remote-runtime'
import { TEST_KEYS } from './remote-test-kit'
import { type FunctionServer, startFunctionServer } from './start-function-server'

const pathOf = (name: string) => fileURLToPath(new URL(`../../../test/fixtures/tls/${name}`, import.meta.url))
const ca = readFileSync(pathOf('authority.pem'))

let server: FunctionServer
beforeAll(async () => {
  server = await startFunctionServer({
    SOUK_FUNCTIONS_KEY: TEST_KEYS.current,
    SOUK_FUNCTIONS_RUNTIME: 'process',
    SOUK_FUNCTIONS_TLS_CERT: pathOf('worker.pem'),
    SOUK_FUNCTIONS_TLS_KEY: pathOf('worker.key'),
    PORT: '0',
  })
})
afterAll(() => server?.close())

const source = bundleOf({ main: '(a, b) => a + b' })

/** One call of `1 + 2` over TLS. */
const add = async (tls: RemoteRuntimeOptions['tls'], protocol = 'https') => {
  const runtime = createRemoteRuntime({
    workers: [`${protocol}://127.0.0.1:${server.port}`],
    keys: TEST_KEYS,
    ...(tls ? { tls } : {}),
  })
  try {
    return await callFunction(runtime, source, 'main', { args: [1, 2] })
  } finally {
    await runtime.dispose()
  }
}

test('a worker whose certificate is signed by the authority that was given runs calls over TLS', async () => {
  expect((await add({ ca, servername: 'worker.test' })).value).toBe(3)
})

test.each([
  ['an authority that nobody was told of', { servername: 'worker.test' }],
  ['the name of another machine', { ca, servername: 'other.test' }],
  ['no name, where the address is one it does not stand for', { ca }],
])('a certificate with %s gets no call', async (_what, tls) => {
  expect((await add(tls)).error).toMatchObject({ code: 'RUNTIME_UNAVAILABLE', retryAfterSeconds: 5 })
})

test('a worker with TLS takes no call without it', async () => {
  expect((await add(undefined, 'http')).error?.code).toBe('RUNTIME_UNAVAILABLE')
})
