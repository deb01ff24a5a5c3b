import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { toNodeListener } from '../src/adapters/node'
import { createInstalledWorld, people } from './support/create-world'

const IN_FLIGHT = 200

interface Answer {
  readonly status: number | undefined
  readonly text: string
  readonly retryAfter: string | undefined
}

const listen = async () => {
  const world = await createInstalledWorld({
    rateLimits: { functionCalls: { take: () => ({ ok: true }) }, installationCalls: { take: () => ({ ok: true }) } },
  })
  const server = createServer(toNodeListener(world.souk))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT + 5 })
  let calls = 0
  const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { 'x-person': 'max', 'x-requested-with': 'test', 'content-type': 'application/json' }
      const sent = request(
        { agent, port, host: '127.0.0.1', method, path: `/api/souk${path}`, headers },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text += chunk))
          response.on('error', reject)
          response.on('end', () =>
            resolve({ status: response.statusCode, text, retryAfter: response.headers['retry-after'] }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const call = () =>
    ask('POST', `/installations/${world.installation.id}/functions`, {
      moduleHash: 'src/orders.server.ts#findOrders',
      args: '[]',
      idempotencyKey: `call-${++calls}`,
    })
  const closeServer = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      agent.destroy()
    })
  return { ...world, ask, call, closeServer }
}

test('a shutdown with 200 requests in flight loses none, refuses new ones and then ends the functions', async () => {
  const world = await listen()
  let arrived = 0
  let finish = () => {}
  const finished = new Promise<void>((resolve) => (finish = resolve))
  let allArrived = () => {}
  const everybody = new Promise<void>((resolve) => (allArrived = resolve))
  world.functions['src/orders.server.ts#findOrders'] = async () => {
    if (++arrived === IN_FLIGHT) allArrived()
    await finished
    return 'x'.repeat(10_000)
  }
  let disposedAfter: number | undefined
  let answered = 0
  world.runtime.dispose = async () => {
    disposedAfter = answered
  }
  const calls = Array.from({ length: IN_FLIGHT }, async () => {
    const answer = await world.call()
    answered++
    return answer
  })
  await everybody

  const closing = world.souk.close()
  expect(world.souk.close()).toBe(closing)
  const refused = await world.ask('GET', '/me')
  expect(refused).toMatchObject({ status: 503, retryAfter: '1' })
  expect(JSON.parse(refused.text)).toMatchObject({ code: 'SHUTTING_DOWN', retryAfterSeconds: 1 })
  await expect(world.souk.api.getMe(people.ada, {})).rejects.toMatchObject({ code: 'SHUTTING_DOWN' })
  expect(disposedAfter).toBeUndefined()

  finish()
  const answers = await Promise.all(calls)
  await closing
  expect(answers.filter(({ status, text }) => status === 200 && JSON.parse(text).result.length > 10_000)).toHaveLength(
    IN_FLIGHT,
  )
  expect(disposedAfter).toBeDefined()
  await world.closeServer()
  const { items } = await world.storage.functionCalls.list('org-a', world.installation.id, { limit: 100 })
  expect(items.every(({ outcome }) => outcome === 'ok')).toBe(true)
})

test('what never ends is waited for only so long', async () => {
  const world = await createInstalledWorld({ closeTimeoutMs: 20 })
  let disposed = false
  world.runtime.dispose = async () => {
    disposed = true
  }
  let began = () => {}
  const running = new Promise<void>((resolve) => (began = resolve))
  world.functions['src/orders.server.ts#findOrders'] = () => {
    began()
    return new Promise(() => {})
  }
  void world.call('max', world.installation.id, '[]')
  await running
  await world.souk.close()
  expect(disposed).toBe(true)
})

test('with nothing under way it ends at once', async () => {
  const world = await createInstalledWorld()
  let disposed = 0
  world.runtime.dispose = async () => void disposed++
  await Promise.all([world.souk.close(), world.souk.close()])
  expect(disposed).toBe(1)
})
