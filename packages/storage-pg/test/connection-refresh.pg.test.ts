import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { createConnectedWorld } from '../../server-adapter/test/support/connected-app'
import { createPostgresStorage } from '../src/create-postgres-storage'
import type { CallsOfChild } from './support/calls-child'
import { createRealDatabase } from './support/real-database'

const { database, schema, end } = await createRealDatabase('souk_refresh')
const storage = createPostgresStorage({ database, schema })
const CREDENTIAL = 'connection northwind.shops.example'

let world: Awaited<ReturnType<typeof createConnectedWorld>>
let connectionId: string
const children: ChildProcess[] = []

beforeAll(async () => {
  world = await createConnectedWorld({ storage })
  connectionId = await world.connectShop()
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await world?.service.stop()
  await end()
})

/** A product of its own in a process of its own, on the database of the others. */
const startProcess = async () => {
  const script = new URL('./support/calls-child.ts', import.meta.url).pathname
  const { service, installation } = world
  const args = [inject('databaseUrl'), schema, service.origin, installation.id, CREDENTIAL]
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: new URL('..', import.meta.url).pathname,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('ready')
  return {
    /** Makes calls at once. @returns null when the process ended before they were answered. */
    async call(count: number): Promise<CallsOfChild | null> {
      child.stdin.write(`${count}\n`)
      const { value, done } = await lines.next()
      return done ? null : JSON.parse(value)
    },
    async kill() {
      child.kill('SIGKILL')
      if (child.signalCode === null) await once(child, 'exit')
    },
  }
}

const expireToken = async () => {
  const row = await storage.connections.get('org-a', connectionId)
  const past = new Date(Date.now() - 1000)
  await storage.connections.change('org-a', connectionId, row?.revision ?? 0, { expiresAt: past, updatedAt: past })
}

const expectOneNewToken = async (answers: readonly (CallsOfChild | null)[], calls: number) => {
  expect(answers.flatMap((answer) => answer?.statuses)).toEqual(Array(calls).fill(200))
  const headers = answers.flatMap((answer) => answer?.headers ?? [])
  expect(headers.length).toBe(calls)
  expect(new Set(headers).size).toBe(1)
  expect(await world.service.isActive(headers[0]?.replace('Bearer ', '') ?? '')).toBe(true)
}

test('calls that need a token in several processes at once renew it once, time and again, and all have the new one', async () => {
  const processes = await Promise.all([startProcess(), startProcess()])
  // A refresh token that came twice would end the connection in the round after.
  for (const _round of [1, 2, 3]) {
    const before = world.service.tokenRequests.length
    await expireToken()
    const answers = await Promise.all(processes.map((each) => each.call(12)))
    await expectOneNewToken(answers, 24)
    expect(world.service.tokenRequests.length - before).toBe(1)
  }
})

test('a process that is killed while it renews a token holds the others up for a time, and not for ever', async () => {
  const [victim, other] = await Promise.all([startProcess(), startProcess()])
  const before = world.service.tokenRequests.length
  await expireToken()
  const release = world.service.holdTokens()
  const cut = victim.call(3)
  await expect.poll(() => world.service.tokenRequests.length - before).toBe(1)
  const waiting = other.call(12)
  await victim.kill()
  expect(await cut).toBe(null)
  release()
  await expectOneNewToken([await waiting], 12)
  expect(world.service.tokenRequests.length - before).toBe(2)
})
