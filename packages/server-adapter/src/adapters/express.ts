import type { IncomingMessage, ServerResponse } from 'node:http'
import { type AdapterOptions, type FetchServer, isUnderBasePath } from './fetch-server'
import { toNodeListener } from './node'

export type { AdapterOptions } from './fetch-server'

/** As Express 4 and 5 call it. */
export type ExpressHandler = (
  request: IncomingMessage & { readonly originalUrl?: string },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/**
 * Makes a handler for Express: `app.use(toExpressHandler(souk))`. What is not under Souk's base path is left to the next handler.
 *
 * Mounted behind `express.json()` it works with what the parser read; put it in front, so that Souk's own limits hold.
 */
export const toExpressHandler = (server: FetchServer, options: AdapterOptions = {}): ExpressHandler => {
  const listener = toNodeListener(server, options)
  return (request, response, next) => {
    const url = request.originalUrl ?? request.url ?? '/'
    if (!isUnderBasePath(server, url)) return next()
    // app.use('/path', …) takes the path off; Souk reads the whole address.
    request.url = url
    listener(request, response).catch(next)
  }
}
