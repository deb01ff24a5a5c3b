import assert from 'node:assert/strict'
import { encodeValue, isRefusal, toFileId } from '@souk/extension-sdk/protocol'
import { createSouk } from '../../create-souk'
import { createId } from '../../crypto/create-id'
import type { FunctionRuntime } from '../../runtime/function-runtime'
import { createMemoryStorage, type Storage } from '../../storage'
import { BASE_PATH, type HttpCaseContext, type HttpCases, hasFields } from '../http-case'
import { ask, open } from '../http-client'
import {
  newId,
  PUBLISH_MOVES,
  sampleAccount,
  sampleApp,
  sampleBundle,
  sampleDeployment,
  sampleInstallation,
  sampleManifest,
} from '../storage-fixtures'

const json = ['content-type', 'application/json'] as const
const ada = ['x-person', 'ada'] as const
const ownPage = ['sec-fetch-site', 'same-origin'] as const

/** Where no function is called. */
const NO_RUNTIME: FunctionRuntime = {
  load: async () => {},
  invoke: () => Promise.reject(new Error('There are no functions here.')),
  unload: async () => {},
  dispose: async () => {},
  stats: () => ({ processes: 0, calls: 0, kills: 0 }),
}

const createTestSouk = (basePath: string, storage: Storage = createMemoryStorage(), runtime = NO_RUNTIME) =>
  createSouk({
    storage,
    authenticate: ({ headers }) =>
      headers.get('x-person') === 'ada' ? { userId: 'ada', organizationId: 'acme', role: 'admin' } : null,
    secrets: { current: { id: 'k', key: Buffer.alloc(32, 7).toString('base64') } },
    runtime,
    sandbox: { isolation: 'origin', origin: 'http://*.sandbox.test', hostOrigins: ['http://product.test'] },
    basePath,
    onError: () => {},
  })

const serveSouk = async ({ serve }: HttpCaseContext, basePath = BASE_PATH) =>
  serve(createTestSouk(basePath).fetch, { basePath })

const READ_FILE = 'src/read.server.ts#readFile'

/** An app of `acme` with a function, which the runtime is. */
const installReader = async (storage: Storage): Promise<string> => {
  const account = sampleAccount()
  await storage.developerAccounts.create(account, 'ada')
  const app = sampleApp(account.id)
  await storage.apps.create(app)
  const [client, server] = (['client', 'server'] as const).map((type) => {
    const content = new TextEncoder().encode(`// ${type}`)
    return { content, record: sampleBundle(app.id, content, type) }
  })
  assert.ok(client && server)
  for (const { record, content } of [client, server]) await storage.bundles.put(record, content)
  const deployment = await storage.deployments.create(
    sampleDeployment(app.id, client.record.id, {
      serverBundleId: server.record.id,
      manifest: {
        ...sampleManifest(),
        settings: { organization: {}, user: {} },
        functions: [{ id: READ_FILE, callable: true }],
      },
    }),
  )
  for (const move of PUBLISH_MOVES) await storage.deployments.move(deployment.id, move)
  const installation = sampleInstallation(deployment, 'acme', { id: createId() })
  await storage.installations.create(installation, newId())
  return installation.id
}

/** Asks for the lines of a streamed result. */
const callForLines = (installationId: string) => ({
  method: 'POST',
  path: `${BASE_PATH}/installations/${installationId}/functions`,
  headers: [ada, json, ownPage, ['accept', 'application/json, application/x-ndjson']] as const,
  body: JSON.stringify({ moduleHash: READ_FILE, args: '[]', idempotencyKey: 'streamed' }),
})

/** Souk itself behind the adapter. */
export const soukCases: HttpCases = {
  async 'a refusal arrives as a problem with its code and its request id'(context) {
    const { ask } = await serveSouk(context)
    for (const [method, path, headers, status, code] of [
      ['GET', '/me', [], 401, 'UNAUTHENTICATED'],
      ['GET', '/nothing', [ada], 404, 'NOT_FOUND'],
      ['DELETE', '/me', [ada], 405, 'METHOD_NOT_FOUND'],
      ['POST', '/developer/accounts', [ada, ownPage], 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['POST', '/developer/accounts', [ada, json], 403, 'CROSS_ORIGIN'],
      ['POST', '/developer/accounts', [ada, json, ownPage], 422, 'INVALID_INPUT'],
    ] as const) {
      const answer = await ask({ method, path: BASE_PATH + path, headers })
      assert.equal(answer.status, status, `${method} ${path}`)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
      hasFields(answer.text, { code, status, traceId: answer.headers.get('x-request-id') })
    }
    const refused = await ask({ method: 'DELETE', path: `${BASE_PATH}/me`, headers: [ada] })
    assert.equal(refused.headers.get('allow'), 'HEAD, GET')
    assert.equal((await ask({ method: 'HEAD', path: `${BASE_PATH}/me`, headers: [ada] })).status, 200)
  },

  async 'what was written can be read, at any base path'(context) {
    const { ask } = await serveSouk(context, '/shop/souk')
    const created = await ask({
      method: 'POST',
      path: '/shop/souk/developer/accounts',
      headers: [ada, json, ownPage],
      body: JSON.stringify({ slug: 'acme', title: 'Äcme ✓ 🎈' }),
    })
    assert.equal(created.status, 201)
    const list = await ask({ path: '/shop/souk/developer/accounts', headers: [ada] })
    assert.equal(JSON.parse(list.text).items[0].title, 'Äcme ✓ 🎈')
  },

  async 'a write is told by its Origin where the browser says nothing else, with the address that a trusted proxy gives'({
    serve,
  }) {
    for (const trustProxy of [false, true]) {
      const { ask, origin } = await serve(createTestSouk(BASE_PATH).fetch, { trustProxy })
      const write = async (headers: readonly (readonly [string, string])[]) => {
        const answer = await ask({
          method: 'POST',
          path: `${BASE_PATH}/developer/accounts`,
          headers: [ada, json, ...headers],
          body: '{}',
        })
        return answer.status === 403 ? 'refused' : 'let in'
      }
      const own = origin || 'http://product.test'
      const forwarded = [
        ['x-forwarded-proto', 'https'],
        ['x-forwarded-host', 'app.example.com'],
      ] as const
      assert.equal(await write([['origin', own]]), 'let in')
      assert.equal(await write([['origin', 'https://evil.example']]), 'refused')
      assert.equal(await write([['origin', 'null']]), 'refused')
      assert.equal(
        await write([['origin', 'https://app.example.com'], ...forwarded]),
        trustProxy ? 'let in' : 'refused',
      )
      // What an attacker's page cannot set, an attacker's server can: it must not make its own origin the product's.
      assert.equal(await write([['origin', 'https://app.example.com']]), 'refused')
    }
  },

  async 'a body over the limit is refused by its announced length'(context) {
    const { ask } = await serveSouk(context)
    const body = `{"slug":"acme","title":"${'x'.repeat(400_000)}"}`
    const answer = await ask({
      method: 'POST',
      path: `${BASE_PATH}/developer/accounts`,
      headers: [ada, json, ownPage],
      body,
    })
    assert.equal(answer.status, 413)
    hasFields(answer.text, { code: 'PAYLOAD_TOO_LARGE' })
    assert.equal((await ask({ path: `${BASE_PATH}/me`, headers: [ada] })).status, 200)
  },

  async 'a call with files arrives as it was sent: its arguments, and each byte of each file with its name'({ serve }) {
    const received: unknown[] = []
    const runtime: FunctionRuntime = {
      ...NO_RUNTIME,
      async invoke({ args, platform }) {
        const { signal } = new AbortController()
        for (const [operation, request] of [
          ['file.describe', { id }],
          ['file.read', { id, offset: 0 }],
        ] as const)
          received.push(await platform?.(operation, [request], signal))
        return { ok: true, result: args, durationMs: 0, logs: [] }
      },
    }
    // Every byte, and what a parser of text or of parts would change or stop at.
    const marks = new TextEncoder().encode('\r\n--\r\n\n\r--boundary--\r\n\u{1f388}')
    const content = new Uint8Array([...Array.from({ length: 256 * 300 }, (_, index) => index % 256), ...marks])
    const name = 'Bücher (1) \u{1f388}.csv'
    const id = toFileId('a'.repeat(43))
    const encoded = encodeValue([{ id, name, size: content.byteLength, type: 'text/csv' }])
    assert.ok(!isRefusal(encoded))
    const form = new FormData()
    form.append('call', JSON.stringify({ moduleHash: READ_FILE, args: encoded.text, idempotencyKey: 'with-files' }))
    form.append(id, new Blob([content], { type: 'text/csv' }), name)
    const sent = new Response(form)
    const headers = [ada, ownPage, ['content-type', sent.headers.get('content-type') ?? '']] as const
    const body = new Uint8Array(await sent.arrayBuffer())
    const storage = createMemoryStorage()
    const path = `${BASE_PATH}/installations/${await installReader(storage)}/functions/with-files`
    const { ask } = await serve(createTestSouk(BASE_PATH, storage, runtime).fetch)
    const answer = await ask({ method: 'POST', path, headers, body })
    assert.equal(answer.status, 200, answer.text)
    hasFields(answer.text, { result: encoded.text })
    assert.deepEqual(received.splice(0), [{ name, type: 'text/csv', size: content.byteLength }, content])
    assert.equal((await ask({ method: 'POST', path, headers: headers.slice(1), body })).status, 401)
  },

  async 'a streamed result arrives in lines, each part as it was sent'({ serve }) {
    const parts = ['"Äcme ✓ 🎈"', '"\\n"', `"${'x'.repeat(100_000)}"`]
    const runtime: FunctionRuntime = {
      ...NO_RUNTIME,
      async invoke({ onPart }) {
        for (const part of parts) await onPart?.(part)
        return { ok: true, result: '', isStreamed: true, durationMs: 0, logs: [] }
      },
    }
    const storage = createMemoryStorage()
    const call = callForLines(await installReader(storage))
    const { ask } = await serve(createTestSouk(BASE_PATH, storage, runtime).fetch)
    const answer = await ask(call)
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson')
    const lines = answer.text.split('\n').filter((line) => line !== '')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [...parts.map((part) => ({ part })), { end: true }],
    )
  },
}

export const soukSocketCases: HttpCases = {
  async 'a body without an end is refused at the limit'(context) {
    const { origin, mount } = await serveSouk(context)
    const { request, response } = open(origin, {
      method: 'POST',
      path: `${BASE_PATH}/developer/accounts`,
      headers: [ada, json, ownPage],
    })
    const chunk = new Uint8Array(32 * 1024).fill(0x20)
    const timer = setInterval(() => request.write(chunk), 1)
    try {
      const message = await context.soon(response, 'the refusal')
      assert.equal(message.statusCode, 413)
    } finally {
      clearInterval(timer)
      request.destroy()
    }
    const after = await context.soon(ask(mount, { path: `${BASE_PATH}/me`, headers: [ada] }), 'an answer afterwards')
    assert.equal(after.status, 200)
  },

  async 'a caller who hangs up ends the function that streams to it'({ serve, soon }) {
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const runtime: FunctionRuntime = {
      ...NO_RUNTIME,
      async invoke({ onPart, signal }) {
        signal?.addEventListener('abort', () => end())
        try {
          for (;;) await onPart?.(`"${'x'.repeat(1024)}"`)
        } finally {
          end()
        }
      },
    }
    const storage = createMemoryStorage()
    const { body, ...call } = callForLines(await installReader(storage))
    const { origin } = await serve(createTestSouk(BASE_PATH, storage, runtime).fetch)
    const { request, response } = open(origin, call)
    request.end(body)
    const message = await soon(response, 'the head of the answer')
    assert.equal(message.statusCode, 200)
    message.destroy()
    request.destroy()
    await soon(ended, 'the end of the function')
  },
}
