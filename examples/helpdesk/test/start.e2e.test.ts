import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { EXAMPLE_APPS } from '../server/seed/example-apps'
import { signInOverHttp } from '../server/seed/sign-in-over-http'
import { createDataDir, runToEnd, startProduct } from './support/start-product'

const cleanups: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const useDataDir = async (): Promise<string> => {
  const { path, remove } = await createDataDir()
  cleanups.push(remove)
  return path
}

const ticket = z.object({ status: z.string(), messages: z.array(z.object({ body: z.string() })) })

test('starting twice keeps what people wrote and what was published', async () => {
  const dataDir = await useDataDir()

  const first = await startProduct(dataDir)
  cleanups.push(first.stop)
  expect(first.output().match(/Souk is ready/g)).toHaveLength(1)
  const ada = await signInOverHttp(first.url, 'ada')
  await ada.post('/api/tickets/T-2047/replies', { body: 'It will be there tomorrow.' }, ticket)
  expect(await first.stop()).toBe(0)

  const second = await startProduct(dataDir)
  cleanups.push(second.stop)
  expect(second.output()).not.toContain('Publishing')
  expect(second.ordersApiKey).toBe(first.ordersApiKey)
  const again = await signInOverHttp(second.url, 'ada')
  const { status, messages } = await again.get('/api/tickets/T-2047', ticket)
  expect(status).toBe('pending')
  expect(messages.at(-1)?.body).toBe('It will be there tomorrow.')
  const apps = z.object({ items: z.array(z.object({ slug: z.string() })) })
  expect((await again.get('/api/souk/catalog/apps', apps)).items.map(({ slug }) => slug)).toEqual(
    expect.arrayContaining([...EXAMPLE_APPS.map(({ name }) => name), 'order-lookup']),
  )

  // A second server on the same folder would lose data: it says so, and the first goes on.
  const locked = await runToEnd({ DATA_DIR: dataDir })
  expect(locked.exitCode).toBe(1)
  expect(lastLines(locked.output)).toMatch(/^The data folder .+ is in use by process \d+; .+\.$/)
  expect((await fetch(`${second.url}/api/people`)).status).toBe(200)
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600)
  expect(await second.stop()).toBe(0)
})

test('a busy port is one clear sentence', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  cleanups.push(() => new Promise((resolve) => server.close(resolve)))
  // A server that listens on a port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const { exitCode, output } = await runToEnd({ DATA_DIR: await useDataDir(), PORT: String(port) })
  expect(exitCode).toBe(1)
  expect(lastLines(output)).toBe(
    `Port ${port} is in use by another program. Stop it, or choose another port: PORT=${port + 10} npm start`,
  )
})

test('a wrong setting is one clear sentence', async () => {
  const { exitCode, output } = await runToEnd({ DATA_DIR: await useDataDir(), PORT: 'http' })
  expect(exitCode).toBe(1)
  expect(lastLines(output)).toBe('PORT must be a port number from 0 to 65535.')
})

/** What was printed, without the progress of a build. */
const lastLines = (output: string): string =>
  output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('Building '))
    .join('\n')
