import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { toExpressHandler } from '../../src/adapters/express'
import { toFastifyPlugin } from '../../src/adapters/fastify'
import { toHonoHandler } from '../../src/adapters/hono'
import { toKoaMiddleware } from '../../src/adapters/koa'
import { toNextHandlers } from '../../src/adapters/next'
import { toNodeListener } from '../../src/adapters/node'
import type { HttpMount, Mount, MountedServer, MountOptions } from '../../src/testing'
import { listen } from './listen'

type Make<T> = (server: MountedServer, options: MountOptions) => T | Promise<T>

const isUnder = (basePath: string, path: string) => path === basePath || path.startsWith(`${basePath}/`)
const pathOf = (url: string) => new URL(url, 'http://x').pathname

const node: Make<RequestListener> = (server, options) => {
  const listener = toNodeListener(server, options)
  return async (request, response) => {
    if (!isUnder(server.basePath, pathOf(request.url ?? '/'))) return void response.end('product')
    if (options.parser) {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      Object.assign(request, { rawBody: Buffer.concat(chunks) })
    }
    await listener(request, response)
  }
}

const expressApp: Make<RequestListener> = (server, options) => {
  const app = express()
  if (options.parser) app.use(express.json())
  app.use(toExpressHandler(server, options))
  app.get('/product', (_request, response) => void response.send('product'))
  return app
}

/** With the path taken off by Express. */
const expressPath: Make<RequestListener> = (server, options) => {
  const app = express()
  if (options.parser) app.use(express.json())
  app.use(server.basePath, toExpressHandler(server, options))
  app.get('/product', (_request, response) => void response.send('product'))
  return app
}

const koa: Make<RequestListener> = (server, options) => {
  const app = new Koa()
  app.silent = true
  if (options.parser)
    app.use(async (context, next) => {
      let text = ''
      for await (const chunk of context.req.setEncoding('utf8')) text += chunk
      Object.assign(context.request, { body: JSON.parse(text) })
      await next()
    })
  app.use(toKoaMiddleware(server, options))
  app.use((context) => {
    if (context.path === '/product') context.body = 'product'
  })
  return app.callback()
}

const fastify = async (server: MountedServer, options: MountOptions) => {
  const app = Fastify()
  app.get('/product', () => 'product')
  await app.register(toFastifyPlugin(server, options))
  await app.ready()
  return app
}

const hono: Make<(request: Request) => Promise<Response>> = (server, options) => {
  const app = new Hono()
  if (options.parser)
    app.use(async (c, next) => {
      await c.req.json()
      await next()
    })
  app.all(`${server.basePath}/*`, toHonoHandler(server, options))
  app.get('/product', (c) => c.text('product'))
  app.onError(() => new Response('failed', { status: 500 }))
  return async (request) => app.fetch(request)
}

/** Next's routing, in a few lines: the handler of the method, for what is under the folder of the route. */
const next: Make<(request: Request) => Promise<Response>> = (server, options) => {
  const handlers = toNextHandlers(() => server, options)
  return async (request) => {
    if (!isUnder(server.basePath, pathOf(request.url))) return new Response('product')
    const handle = handlers[request.method as keyof typeof handlers]
    if (!handle) return new Response('', { status: 405 })
    const response = await handle(request).catch(() => new Response('failed', { status: 500 }))
    // As Next does before it sends.
    return request.method === 'HEAD' ? new Response(null, response) : response
  }
}

const overSocket =
  (make: Make<RequestListener>): Mount =>
  async (server, options) =>
    listen(await make(server, options))

const throughNode =
  (make: Make<(request: Request) => Promise<Response>>): Mount =>
  async (server, options) => {
    const fetch = await make(server, options)
    return listen(toNodeListener({ fetch }))
  }

const inProcess =
  (make: Make<(request: Request) => Promise<Response>>): Mount =>
  async (server, options) => ({ fetch: await make(server, options), close: async () => {} })

/** Asks a listener of Node's without a socket. */
const injected =
  (
    make: (
      server: MountedServer,
      options: MountOptions,
    ) => Promise<(request: IncomingMessage, response: ServerResponse) => void>,
  ): Mount =>
  async (server, options): Promise<HttpMount> => {
    const { default: inject } = await import('light-my-request')
    const listener = await make(server, options)
    return {
      async fetch(request) {
        const payload = Buffer.from(await request.arrayBuffer())
        const answer = await inject(listener, {
          // Its types know fewer methods than Node.
          method: request.method as 'GET',
          url: request.url.slice(new URL(request.url).origin.length),
          authority: new URL(request.url).host,
          headers: Object.fromEntries(request.headers),
          ...(payload.byteLength > 0 ? { payload } : {}),
        })
        const headers = new Headers()
        for (const [name, value] of Object.entries(answer.headers))
          for (const one of [value ?? []].flat()) headers.append(name, String(one))
        const isEmpty = answer.rawPayload.byteLength === 0
        return new Response(isEmpty ? null : new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers })
      },
      close: async () => {},
    }
  }

const fastifyListener = async (server: MountedServer, options: MountOptions) => {
  const app = await fastify(server, options)
  return (request: IncomingMessage, response: ServerResponse) => app.routing(request, response)
}

/** Every adapter, as its framework mounts it. */
export const MOUNTS: Readonly<Record<string, { readonly overSocket: boolean; readonly mount: Mount }>> = {
  'node, over a socket': { overSocket: true, mount: overSocket(node) },
  'node, in process': { overSocket: false, mount: injected(async (...given) => node(...given)) },
  'express, over a socket': { overSocket: true, mount: overSocket(expressApp) },
  'express at a path, over a socket': { overSocket: true, mount: overSocket(expressPath) },
  'express, in process': { overSocket: false, mount: injected(async (...given) => expressApp(...given)) },
  'fastify, over a socket': { overSocket: true, mount: overSocket(fastifyListener) },
  'fastify, in process': { overSocket: false, mount: injected(fastifyListener) },
  'koa, over a socket': { overSocket: true, mount: overSocket(koa) },
  'koa, in process': { overSocket: false, mount: injected(async (...given) => koa(...given)) },
  'hono, over a socket': { overSocket: true, mount: throughNode(hono) },
  'hono, in process': { overSocket: false, mount: inProcess(hono) },
  'next, over a socket': { overSocket: true, mount: throughNode(next) },
  'next, in process': { overSocket: false, mount: inProcess(next) },
}
