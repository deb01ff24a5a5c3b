import { type AdapterOptions, consumedBody, type FetchServer, translateRequest } from './fetch-server'

export type { AdapterOptions } from './fetch-server'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

export type NextHandlers = Readonly<Record<(typeof METHODS)[number], (request: Request) => Promise<Response>>>

/**
 * Makes the handlers of an App Router route: `export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(getSouk)` in
 * `app/api/souk/[...path]/route.ts`.
 *
 * @param server Souk, or a function that gives it. `next build` loads the route, too: with a function nothing is opened there.
 */
export const toNextHandlers = (
  server: FetchServer | (() => FetchServer | Promise<FetchServer>),
  options: AdapterOptions = {},
): NextHandlers => {
  const handle = async (request: Request): Promise<Response> => {
    const { fetch } = typeof server === 'function' ? await server() : server
    return fetch(translateRequest(request, options, request.bodyUsed ? consumedBody() : undefined))
  }
  // Each of METHODS is a key, and nothing else.
  return Object.fromEntries(METHODS.map((method) => [method, handle])) as unknown as NextHandlers
}
