import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AdapterOptions, type FetchServer, isUnderBasePath } from './fetch-server'
import { toNodeListener } from './node'

export type { AdapterOptions } from './fetch-server'

/** What it uses of Koa's context. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly originalUrl: string
  /** Where parsers leave what they read. */
  readonly request: object
  respond?: boolean
}

/** Makes a middleware for Koa: `app.use(toKoaMiddleware(souk))`. What is not under Souk's base path is left to the next one. */
export const toKoaMiddleware = (server: FetchServer, options: AdapterOptions = {}) => {
  const listener = toNodeListener(server, options)
  return async (context: KoaContext, next: () => Promise<unknown>): Promise<void> => {
    if (!isUnderBasePath(server, context.originalUrl)) return void (await next())
    context.respond = false
    // koa-mount takes the path off; Souk reads the whole address. Parsers keep the body beside the message.
    const { rawBody, body }: { readonly rawBody?: unknown; readonly body?: unknown } = context.request
    await listener(Object.assign(context.req, { url: context.originalUrl, body: rawBody ?? body }), context.res)
  }
}
