import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'

/**
 * Makes a listener of Node's `http` from anything with a `fetch`: `createServer(toNodeListener(souk))`.
 *
 * Trust nothing that a proxy in front of it does not overwrite: the address of a request is taken from its Host header.
 */
export const toNodeListener = (server: {
  fetch(request: Request): Promise<Response>
}): ((request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
  // Node's own Request and Response stay in place: replacing them would change the product's other code.
  const listener = getRequestListener((request) => server.fetch(request), { overrideGlobalObjects: false })
  return (request, response) => listener(request, response)
}
