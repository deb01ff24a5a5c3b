import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type AdapterOptions, bodyAgain, type FetchServer, translateRequest } from './fetch-server'

export type { AdapterOptions } from './fetch-server'

/** A request in front of which a parser may have stood. */
type ParsedMessage = IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown }

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Makes a listener of Node's `http` from anything with a `fetch`: `createServer(toNodeListener(souk))`.
 *
 * The address of a request is taken from its Host header; from `X-Forwarded-*` only with `trustProxy`.
 */
export const toNodeListener = (server: FetchServer, options: AdapterOptions = {}): NodeListener => {
  const listener = getRequestListener(
    (request, { incoming }) => {
      // Without HTTP/2 it is an IncomingMessage.
      const { readableDidRead, rawBody, body = rawBody } = incoming as ParsedMessage
      const again = readableDidRead ? bodyAgain(body, request.headers.get('content-type') ?? '') : undefined
      return server.fetch(translateRequest(request, options, again))
    },
    // Node's own Request and Response stay in place: replacing them would change the product's other code.
    { overrideGlobalObjects: false },
  )
  return (request, response) => listener(request, response)
}
