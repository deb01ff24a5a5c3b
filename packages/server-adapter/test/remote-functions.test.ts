import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRemoteRuntime } from '../src/runtime'
import { createProcessRuntime } from '../src/runtime/process-runtime'
import { type Listening, startWorker, TEST_KEYS } from '../src/runtime/remote/remote-test-kit'
import { createManifest, createWorld } from './support/create-world'

const id = (name: string) => `src/orders.server.ts#${name}`

const BUNDLE = `
const { ask } = globalThis[Symbol.for('souk.server')]
const at = { collection: '', connectionId: '', key: 'orders' }
export const functions = {
  __proto__: null,
  '${id('keep')}': (value) => ask('storage.set', [{ ...at, value }]),
  '${id('read')}': () => ask('storage.get', [at]),
  '${id('ticket')}': () => ask('host.call', ['tickets.find', { id: 1 }]),
  '${id('hang')}': () => new Promise(() => {}),
}
`

let worker: Listening
beforeAll(async () => {
  worker = await startWorker(createProcessRuntime())
})
afterAll(() => worker.close())

const setup = async () => {
  const world = createWorld({
    runtime: createRemoteRuntime({ workers: [worker.origin], keys: TEST_KEYS }),
    options: {
      hostFunctions: { 'tickets.find': { scope: null, call: ({ userId }, input) => ({ userId, input }) } },
    },
  })
  const { key } = await world.openAccount()
  const functions = ['keep', 'read', 'ticket', 'hang'].map((name) => ({ id: id(name), callable: true }))
  const serverSha256 = await world.upload('server', BUNDLE, key)
  const deployment = await world.deploy(key, createManifest('1.0.0', { functions }), { serverSha256 })
  await world.must(200, null, `POST /developer/deployments/${deployment.id}/submit`, { body: {}, key })
  await world.must(200, 'rex', `POST /review/deployments/${deployment.id}/start`, { body: {} })
  await world.must(200, 'rex', `POST /review/deployments/${deployment.id}/approve`, { body: {} })
  await world.must(200, null, `POST /developer/deployments/${deployment.id}/publish`, { body: {}, key })
  const installation = await world.install('ada', deployment)
  await world.configure('ada', installation.id, { apiUrl: 'https://orders.northwind.example', apiKey: 'nw_live_12345' })
  const call = (name: string, args = '[]') => world.call('max', installation.id, args, { moduleHash: id(name) })
  return { ...world, installation, call }
}

test('a function on another machine keeps values, calls the product, and ends with its installation', async () => {
  const { souk, must, installation, call } = await setup()
  expect((await call('keep', '[{"open":2}]')).body.result).toBe('true')
  expect((await call('read')).body.result).toBe('{"open":2}')
  expect(JSON.parse((await call('ticket')).body.result)).toMatchObject({ input: { id: 1 } })
  const hanging = call('hang')
  // The call has begun when another one of its process is answered.
  await call('read')
  await must(200, 'ada', `POST /installations/${installation.id}/uninstall`, { body: {} })
  expect((await hanging).body.code).toBe('APP_NOT_INSTALLED')
  expect((await call('read')).status).toBeGreaterThanOrEqual(400)
  await souk.close()
})
