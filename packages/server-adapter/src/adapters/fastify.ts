import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AdapterOptions, FetchServer } from './fetch-server'
import { toNodeListener } from './node'

export type { AdapterOptions } from './fetch-server'

/** What it uses of a Fastify instance. */
export interface FastifyScope {
  readonly prefix: string
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: '*',
    parse: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(
    path: string,
    handle: (
      request: { readonly raw: IncomingMessage; readonly originalUrl: string },
      reply: { readonly raw: ServerResponse; hijack(): unknown },
    ) => void,
  ): unknown
}

/** Makes a plugin for Fastify: `app.register(toFastifyPlugin(souk))`. It takes everything under Souk's base path. */
export const toFastifyPlugin = (server: FetchServer, options: AdapterOptions = {}) => {
  const listener = toNodeListener(server, options)
  return async (app: FastifyScope): Promise<void> => {
    const { basePath = app.prefix } = server
    // Only within this plugin: the body stays a stream, and Souk's own limits hold.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.all(`${basePath.startsWith(app.prefix) ? basePath.slice(app.prefix.length) : basePath}/*`, (request, reply) => {
      reply.hijack()
      listener(Object.assign(request.raw, { url: request.originalUrl }), reply.raw).catch(() => reply.raw.destroy())
    })
  }
}
