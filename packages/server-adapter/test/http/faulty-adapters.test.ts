import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { toNodeListener } from '../../src/adapters/node'
import { httpConformance, type Mount, type MountedServer, type MountOptions } from '../../src/testing'
import { listen } from './listen'

type Fetch = (request: Request) => Promise<Response>
type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

const beside =
  (basePath: string, fetch: Fetch): Fetch =>
  async (request) => {
    const { pathname } = new URL(request.url)
    return pathname === basePath || pathname.startsWith(`${basePath}/`) ? fetch(request) : new Response('product')
  }

/** A mount that is right but for what `change` does to the handler. */
const inProcess =
  (change: (fetch: Fetch, server: MountedServer, options: MountOptions) => Fetch): Mount =>
  async (server, options) => ({
    fetch: beside(server.basePath, async (request) => {
      const response = await change(
        server.fetch,
        server,
        options,
      )(request).catch(() => new Response('', { status: 500 }))
      return request.method === 'HEAD' ? new Response(null, response) : response
    }),
    close: async () => {},
  })

const overSocket =
  (change: (listener: Listener, server: MountedServer) => Listener): Mount =>
  async (server, options) => {
    const listener = change(toNodeListener({ fetch: beside(server.basePath, server.fetch) }, options), server)
    return listen(async (request, response) => {
      try {
        await listener(request, response)
      } catch {
        // The case ended in the middle of it.
        response.destroy()
      }
    })
  }

const forward = (request: Request, url: string, init: RequestInit = {}): Request =>
  new Request(url, { ...init, method: request.method, headers: init.headers ?? request.headers })

const collect = async (message: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const FAULTY: readonly (readonly [name: string, fails: RegExp, mount: Mount])[] = [
  [
    'loses the query',
    /path and the query/,
    inProcess((fetch) => (request) => fetch(forward(request, request.url.replace(/\?.*/, '')))),
  ],
  [
    'decodes the path',
    /path and the query/,
    inProcess((fetch) => (request) => fetch(forward(request, decodeURI(request.url)))),
  ],
  [
    'turns POST into GET',
    /every method/,
    inProcess((fetch) => (request) => fetch(new Request(request.url, { headers: request.headers }))),
  ],
  [
    'keeps the last of several headers',
    /headers arrive/,
    inProcess((fetch) => (request) => {
      const headers = Object.fromEntries(
        [...request.headers].map(([name, value]) => [name, value.split(', ').at(-1) ?? '']),
      )
      return fetch(forward(request, request.url, { headers }))
    }),
  ],
  [
    'answers always 200',
    /the status comes back/,
    inProcess((fetch) => async (request) => {
      const response = await fetch(request)
      return new Response(response.body, { headers: response.headers })
    }),
  ],
  [
    'joins cookies',
    /every cookie for itself/,
    inProcess((fetch) => async (request) => {
      const response = await fetch(request)
      return new Response(response.body, { status: response.status, headers: Object.fromEntries(response.headers) })
    }),
  ],
  [
    'reads bodies as text',
    /bytes of a body/,
    inProcess((fetch) => async (request) => {
      const body = request.body ? await request.text() : null
      return fetch(forward(request, request.url, { body }))
    }),
  ],
  [
    'sends the body of HEAD',
    /HEAD is answered/,
    async (server) => ({ fetch: beside(server.basePath, server.fetch), close: async () => {} }),
  ],
  [
    'takes every path',
    /not under the base path/,
    async (server) => ({ fetch: (request) => server.fetch(request), close: async () => {} }),
  ],
  [
    'knows one base path only',
    /another base path/,
    async (server) => ({ fetch: beside('/api/souk', server.fetch), close: async () => {} }),
  ],
  [
    'believes every proxy',
    /not believed/,
    inProcess((fetch) => (request) => {
      const url = new URL(request.url)
      url.host = request.headers.get('x-forwarded-host') ?? url.host
      return fetch(forward(request, url.href))
    }),
  ],
  ['believes no proxy', /trusted proxy/, inProcess((fetch) => (request) => fetch(request))],
  [
    'believes the first proxy of the list',
    /trusted proxy/,
    inProcess((fetch, _server, { trustProxy }) => async (request) => {
      if (!trustProxy) return fetch(request)
      const [host = ''] = (request.headers.get('x-forwarded-host') ?? '').split(',')
      const body = await request.text()
      return fetch(forward(request, `https://${host}${new URL(request.url).pathname}?y=1`, { body }))
    }),
  ],
  [
    'tells why a handler failed',
    /says nothing of why/,
    inProcess(
      (fetch) => (request) => fetch(request).catch((error: unknown) => new Response(String(error), { status: 500 })),
    ),
  ],
  [
    'loses a body that a parser had read',
    /behind the parser/,
    inProcess(
      (fetch, _server, { parser }) =>
        (request) =>
          fetch(parser ? forward(request, request.url, { body: '' }) : request),
    ),
  ],
  [
    'answers as HTML',
    /a refusal arrives as a problem/,
    inProcess((fetch) => async (request) => {
      const response = await fetch(request)
      const headers = new Headers(response.headers)
      if (response.status >= 400) headers.set('content-type', 'text/html')
      return new Response(response.body, { status: response.status, headers })
    }),
  ],
  [
    'collects the body first',
    /read while it is still being sent/,
    overSocket((listener) => async (request, response) => {
      const bytes = await collect(request)
      Object.assign(request, { body: bytes })
      return listener(request, response)
    }),
  ],
  [
    'collects a body that is refused',
    /refused is not waited for/,
    overSocket((listener) => async (request, response) => {
      Object.assign(request, { body: await collect(request) })
      return listener(request, response)
    }),
  ],
  [
    'collects the answer first',
    /read while it is still being written/,
    overSocket((_listener, { basePath, fetch }) => async (request, response) => {
      const answer = await beside(basePath, fetch)(new Request(`http://x${request.url}`))
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
    }),
  ],
  [
    'forgets that the caller left',
    /aborts the signal/,
    overSocket((_listener, { basePath, fetch }) => async (request, response) => {
      const answer = await beside(basePath, fetch)(new Request(`http://x${request.url}`))
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()))
    }),
  ],
  [
    'goes on reading for a caller who left',
    /ends the stream of the answer/,
    overSocket((_listener, { basePath, fetch }) => async (request, response) => {
      const answer = await beside(basePath, fetch)(new Request(`http://x${request.url}`))
      response.writeHead(answer.status)
      for await (const chunk of answer.body ?? []) response.write(chunk)
      response.end()
    }),
  ],
  [
    'serves one request for each connection that was refused',
    /one connection carries several requests/,
    overSocket((_listener, { basePath, fetch }) => async (request, response) => {
      // What is left of the body is never read.
      request.pause()
      const answer = await beside(
        basePath,
        fetch,
      )(new Request(`http://x${request.url}`, { method: request.method ?? '' }))
      const text = await answer.text()
      response
        .writeHead(answer.status, { 'content-length': text.length + (request.method === 'POST' ? 1 : 0) })
        .end(text)
    }),
  ],
]

test.each(FAULTY)('an adapter that %s does not pass', async (_name, fails, mount) => {
  const cases = new Map<string, () => Promise<void>>()
  httpConformance({ test: (name, run) => cases.set(name, run), mount, overSocket: true, patienceMs: 1500 })
  const [name = '', run] = [...cases].find(([sentence]) => fails.test(sentence)) ?? []
  expect(name).not.toBe('')
  await expect(run?.()).rejects.toThrow()
})
