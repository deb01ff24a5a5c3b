import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EgressPolicy, FunctionRuntime } from '../function-runtime'
import { createProcessRuntime } from '../process-runtime'
import { DEFAULT_RUNTIME_LIMITS } from '../runtime-limits'
import { bundleOf, type CallOptions, callFunction } from '../runtime-test-kit'
import { createEgressBroker, type EgressLogEntry } from './create-egress-broker'

let server: Server
let respond: RequestListener
let requests: IncomingMessage[]
const developmentHosts: Record<string, string> = {}
const log: EgressLogEntry[] = []
let runtime: FunctionRuntime

beforeAll(async () => {
  // Made before the server has its port: the stand-ins are read at each request.
  runtime = createProcessRuntime({
    egress: { developmentHosts, onRequest: (entry) => log.push(entry) },
    limits: { responseBytes: 100_000, requestBytes: 100_000, requestsPerCall: 5, concurrentRequests: 2 },
  })
  server = createServer((request, response) => {
    requests.push(request)
    respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  developmentHosts['api.example.com'] = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})
beforeEach(() => {
  requests = []
  log.length = 0
})
afterAll(async () => {
  await runtime.dispose()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const egress: EgressPolicy = {
  rules: [
    {
      host: 'api.example.com',
      purpose: 'Tests',
      attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
    },
  ],
  credentials: { token: 's3cret-token' },
}
const run = (code: string, options: CallOptions = {}) =>
  callFunction(runtime, bundleOf({ main: code }), 'main', { egress, ...options })

describe('fetch in a server function', () => {
  test('names one of several accounts, whose credential is attached; the name itself never leaves', async () => {
    respond = (_request, response) => response.end('{}')
    const credentials = { token: 'first-token', 'token c2': 'second-token' }
    const { value } = await run(
      `async () => {
        const codes = []
        for (const account of ['c2', 'c9', '__proto__', '']) {
          const request = new Request('https://api.example.com/orders', { headers: { 'souk-connection': account } })
          codes.push(await fetch(request).then((response) => response.status, (error) => error.code))
        }
        return codes
      }`,
      { egress: { ...egress, credentials } },
    )
    expect(value).toEqual([200, 'EGRESS_DENIED', 'EGRESS_DENIED', 'EGRESS_DENIED'])
    expect(requests.map(({ headers }) => [headers.authorization, headers['souk-connection']])).toEqual([
      ['Bearer second-token', undefined],
    ])
  })

  test('reaches the service with the credential, which app code never sees', async () => {
    respond = (request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        response.setHeader('set-cookie', 'session=1')
        response.writeHead(201, { 'content-type': 'application/json', 'x-kept': 'yes' })
        response.end(JSON.stringify({ url: request.url, body, method: request.method }))
      })
    }
    const { value } = await run(`async () => {
      const request = new Request('https://api.example.com/orders?id=1', { method: 'POST', body: 'héllo', headers: { authorization: 'mine' } })
      const response = await fetch(request)
      return [response.status, response.ok, response.url, response.redirected, response.headers.get('x-kept'), response.headers.get('set-cookie'), await response.json(), request.headers.get('authorization')]
    }`)
    expect(value).toEqual([
      ...[201, true, 'https://api.example.com/orders?id=1', false, 'yes', null],
      { url: '/orders?id=1', body: 'héllo', method: 'POST' },
      'mine',
    ])
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer s3cret-token',
      host: 'api.example.com',
      'content-length': '6',
    })
    expect(log).toMatchObject([{ host: 'api.example.com', method: 'POST', status: 201, requestBytes: 6 }])
  })

  test('keeps a path that looks like a host on the stand-in', async () => {
    respond = (request, response) => response.end(request.url)
    const { value } = await run(`async () => (await fetch('https://api.example.com//evil.example/x')).text()`)
    expect(value).toBe('//evil.example/x')
  })

  test('unpacks compressed responses, and counts them unpacked', async () => {
    respond = (request, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(
        request.method === 'HEAD' ? undefined : gzipSync(request.url === '/bomb' ? Buffer.alloc(10_000_000) : 'small'),
      )
    }
    const { value } = await run(`async () => {
      const small = await fetch('https://api.example.com/')
      const head = await fetch('https://api.example.com/', { method: 'HEAD' })
      return [await small.text(), small.headers.get('content-encoding'), head.status, await fetch('https://api.example.com/bomb').catch((error) => error.code)]
    }`)
    expect(value).toEqual(['small', null, 200, 'EGRESS_LIMIT'])
  })

  test('is bounded in the bytes and the number of its requests', async () => {
    respond = (_request, response) => response.end('x'.repeat(200_000))
    const { value } = await run(`async () => {
      const attempt = (url, init) => fetch(url, init).then((response) => response.status, (error) => error.code)
      const big = await attempt('https://api.example.com/', { method: 'POST', body: 'x'.repeat(200_000) })
      const results = []
      for (let i = 0; i < 6; i++) results.push(await attempt('https://api.example.com/'))
      return [big, ...results]
    }`)
    expect(value).toEqual(Array.from({ length: 7 }, () => 'EGRESS_LIMIT'))
    expect(requests).toHaveLength(5)
  })

  test('runs a few requests at a time', async () => {
    let open = 0
    let most = 0
    respond = (_request, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end()
      }, 20)
    }
    await run(`() => Promise.all([1, 2, 3, 4, 5].map(() => fetch('https://api.example.com/')))  .then(() => 1)`)
    expect(requests).toHaveLength(5)
    expect(most).toBeLessThanOrEqual(2)
  })

  test('ends with its call', async () => {
    let closed = () => {}
    const connectionClosed = new Promise<void>((resolve) => {
      closed = resolve
    })
    respond = (_request, response) => response.on('close', closed)
    const { value } = await run(`async () => {
      globalThis.late = fetch('https://api.example.com/').catch((error) => error.code)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return 1
    }`)
    expect(value).toBe(1)
    await connectionClosed
    const source = bundleOf({
      main: '() => { globalThis.again = () => fetch("https://api.example.com/") ; const run = globalThis.again; setTimeout(() => run().catch((error) => { globalThis.code = error.code }), 1) }',
      code: 'async () => { while (!globalThis.code) await new Promise((resolve) => setTimeout(resolve, 5)); return globalThis.code }',
    })
    await callFunction(runtime, source, 'main', { egress })
    expect((await callFunction(runtime, source, 'code', { egress })).value).toBe('ABORTED')
  })

  test('ends with its signal', async () => {
    respond = () => {}
    const { value } = await run(
      `() => fetch('https://api.example.com/', { signal: AbortSignal.timeout(20) }).catch((error) => error.name)`,
    )
    expect(value).toBe('TimeoutError')
  })

  test('does not work while the bundle is evaluated', async () => {
    const source = bundleOf(
      { main: '() => code' },
      'const code = await fetch("https://api.example.com/").catch((error) => error.code)',
    )
    expect((await callFunction(runtime, source, 'main', { egress })).value).toBe('EGRESS_DENIED')
  })

  test('fails with a code when the service is not there', async () => {
    respond = (request) => request.socket.destroy()
    const { error } = await run(`() => fetch('https://api.example.com/')`)
    expect(error).toEqual({
      code: 'EGRESS_FAILED',
      message: expect.stringMatching(/^api\.example\.com could not be reached/),
      traceId: 'trace-1',
    })
  })
})

test('a service that does not answer in time is given up', async () => {
  respond = () => {}
  const broker = createEgressBroker({ developmentHosts }, { ...DEFAULT_RUNTIME_LIMITS, requestMs: 20 })
  const signal = new AbortController().signal
  const request = {
    url: 'https://api.example.com/',
    method: 'GET',
    headers: [],
    body: null,
    redirect: 'follow',
  } as const
  await expect(
    broker.request(request, { installationId: 'a', traceId: 't', policy: egress, signal }),
  ).rejects.toMatchObject({ code: 'EGRESS_LIMIT' })
})

test('an address that was checked is the one connected to', async () => {
  respond = (_request, response) => response.end('reached')
  const { sendRequest } = await import('./send-request')
  // A name that no resolver knows: only the given address can lead anywhere.
  const url = new URL(`http://nowhere.invalid:${new URL(developmentHosts['api.example.com'] ?? '').port}/`)
  const response = await sendRequest({
    ...{ url, target: url, method: 'GET', headers: {}, body: null, maxResponseBytes: 100 },
    addresses: [{ address: '127.0.0.1', family: 4 }],
    signal: new AbortController().signal,
  })
  expect(Buffer.from(response.body).toString()).toBe('reached')
  expect(requests[0]?.headers.host).toBe(url.host)
})
