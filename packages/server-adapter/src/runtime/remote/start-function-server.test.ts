import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bundleOf, callFunction } from '../runtime-test-kit'
import { createRemoteRuntime } from './create-remote-runtime'
import { TEST_KEYS } from './remote-test-kit'
import { startFunctionServer } from './start-function-server'

/** The program as it is deployed, in a process of its own with an environment of its own. */
const startProgram = (environment: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('main.ts', import.meta.url))], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

test('souk-functions runs functions for a product in another process, and ends when it is told to', async () => {
  const program = startProgram({
    SOUK_FUNCTIONS_KEY: TEST_KEYS.current,
    SOUK_FUNCTIONS_RUNTIME: 'process',
    PORT: '0',
  })
  const [said]: unknown[] = await once(program.stdout, 'data')
  const port = /port (\d+)/.exec(String(said))?.[1]
  const runtime = createRemoteRuntime({ workers: [`http://127.0.0.1:${port}`], keys: TEST_KEYS })
  const source = bundleOf({ main: '(a, b) => [a + b, typeof process.env.SOUK_FUNCTIONS_KEY]' })
  expect((await callFunction(runtime, source, 'main', { args: [1, 2] })).value).toEqual([3, 'undefined'])
  program.kill('SIGTERM')
  expect(await once(program, 'exit')).toEqual([0, null])
  expect((await callFunction(runtime, source, 'main', { args: [1, 2] })).error?.code).toBe('RUNTIME_UNAVAILABLE')
  await runtime.dispose()
})

test.each([
  ['no key', {}],
  ['a short key', { SOUK_FUNCTIONS_KEY: 'short' }],
  ['a port that is none', { SOUK_FUNCTIONS_KEY: TEST_KEYS.current, PORT: 'http' }],
  ['an unknown runtime', { SOUK_FUNCTIONS_KEY: TEST_KEYS.current, SOUK_FUNCTIONS_RUNTIME: 'none' }],
  ['half of a certificate', { SOUK_FUNCTIONS_KEY: TEST_KEYS.current, SOUK_FUNCTIONS_TLS_CERT: '/cert.pem' }],
])('%s is refused at the start', async (_what, environment) => {
  await expect(startFunctionServer({ SOUK_FUNCTIONS_RUNTIME: 'process', ...environment })).rejects.toMatchObject({
    code: 'NOT_CONFIGURED',
  })
})
