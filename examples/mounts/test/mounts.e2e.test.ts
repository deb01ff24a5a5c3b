import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const ending: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end()
})

const exited = (child: ChildProcess) =>
  child.exitCode === null && child.signalCode === null
    ? new Promise<number | null>((resolve) => child.once('exit', resolve))
    : Promise.resolve(child.exitCode)

const start = async (words: readonly string[], cwd: string, ready: RegExp) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-mount-'))
  ending.push(() => rm(dataDir, { recursive: true, force: true }))
  const child = spawn(process.execPath, words, {
    cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: join(dataDir, 'data'),
      SOUK_SECRET_KEY: randomBytes(32).toString('base64'),
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  ending.push(async () => {
    child.kill('SIGKILL')
    await exited(child)
  })
  let output = ''
  const said = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const found = output.match(ready)?.[1]
        if (found) resolve(found)
      })
    child.once('exit', (code) => reject(new Error(`It ended with ${code}.\n${output}`)))
  })
  return { child, said }
}

/** What a product's page and a hostile one would ask. */
const askProduct = async (origin: string) => {
  const ask = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, init)
  const anonymous = await ask('/api/souk/me')
  expect(anonymous.status).toBe(401)
  expect(await anonymous.json()).toMatchObject({
    code: 'UNAUTHENTICATED',
    traceId: anonymous.headers.get('x-request-id'),
  })

  const cookie = (await ask('/sign-in')).headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const headers = { cookie, 'content-type': 'application/json', 'x-requested-with': 'test' }
  expect(await (await ask('/api/souk/me', { headers })).json()).toMatchObject({ userId: 'ada', organizationId: 'acme' })

  const title = 'Äcme ✓ 🎈'
  const create = (body: string, more = {}) =>
    ask('/api/souk/developer/accounts', { method: 'POST', headers: { ...headers, ...more }, body })
  expect((await create(JSON.stringify({ slug: 'acme', title }))).status).toBe(201)
  const accounts = await ask('/api/souk/developer/accounts', { headers })
  expect(await accounts.json()).toMatchObject({ items: [{ slug: 'acme', title }] })

  expect((await create(JSON.stringify({ slug: 'x', title: 'x'.repeat(500_000) }))).status).toBe(413)
  expect((await create('{"slug":"x","title":"x"}', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  const refused = await ask('/api/souk/me', { method: 'DELETE', headers })
  expect({ status: refused.status, allow: refused.headers.get('allow') }).toEqual({ status: 405, allow: 'HEAD, GET' })
  const head = await ask('/api/souk/me', { method: 'HEAD', headers })
  expect({ status: head.status, text: await head.text() }).toEqual({ status: 200, text: '' })
  expect((await ask('/api/souk/nothing', { headers })).headers.get('content-type')).toBe('application/problem+json')
  expect((await ask('/nothing')).status).toBe(404)
}

test.each(['node', 'express', 'fastify', 'hono', 'koa'])(
  'Souk works inside %s, and stops cleanly',
  async (framework) => {
    const { child, said } = await start([`${framework}/server.mjs`], root, /Ready: (\S+)/)
    await askProduct(await said)
    child.kill('SIGTERM')
    expect(await exited(child)).toBe(0)
  },
)

test('Souk works inside Next, built for production', async () => {
  const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'))
  const build = await start([next, 'build'], join(root, 'next'), /(never said)/)
  build.said.catch(() => {})
  expect(await exited(build.child)).toBe(0)
  const { said } = await start(
    [next, 'start', '--hostname', '127.0.0.1'],
    join(root, 'next'),
    /http:\/\/127\.0\.0\.1:(\d+)[\s\S]*Ready/,
  )
  await askProduct(`http://127.0.0.1:${await said}`)
})
