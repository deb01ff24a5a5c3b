import { OpenAPIHono } from '@hono/zod-openapi'
import { createId } from '../crypto/create-id'
import type { Services } from '../services/create-services'
import { SoukError } from '../souk-error'
import { problemResponse, statusOf, toSoukError } from './problem'
import { type Authenticate, readActor } from './read-actor'
import { mountRoutes, type Route } from './route'
import { developerRoutes } from './routes/developer'
import { productRoutes } from './routes/product'
import { reviewRoutes } from './routes/review'

export interface ApiOptions {
  readonly services: Services
  readonly authenticate: Authenticate
  /** `/api/souk`, without a slash at its end. */
  readonly basePath: string
  readonly onError: (error: unknown, about: { readonly traceId?: string }) => void
}

const READING: readonly string[] = ['GET', 'HEAD']

/** The HTTP API over the services: translation, limits and headers, no rules. */
export const createApi = ({ services, authenticate, basePath, onError }: ApiOptions) => {
  const routes: readonly Route[] = [...productRoutes(services), ...developerRoutes(services), ...reviewRoutes(services)]
  const traceIds = new WeakMap<Request, string>()
  const traceIdOf = (request: Request): string => {
    const known = traceIds.get(request) ?? createId()
    traceIds.set(request, known)
    return known
  }

  const fail = (error: unknown, request: Request): Response => {
    const traceId = traceIdOf(request)
    const known = toSoukError(error)
    // What a caller did wrong is the caller's to know; what we did wrong is the operator's too.
    if (statusOf(known.code) >= 500 || known.cause !== undefined) onError(known.cause ?? known, { traceId })
    return problemResponse(known, traceId)
  }

  const app = new OpenAPIHono({ strict: true })
  const api = new OpenAPIHono({ strict: true })
  mountRoutes(api, routes, (request) => readActor(request, authenticate, services), traceIdOf)
  api.get('/openapi.json', (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Souk', version: '1' },
        servers: [{ url: basePath }],
      }),
    ),
  )
  app.route(basePath, api)
  app.onError((error, c) => fail(error, c.req.raw))
  app.notFound((c) => fail(missing(c.req.path, c.req.method), c.req.raw))

  const patterns = [
    ...routes.map(({ method, path }) => ({ method, path })),
    { method: 'GET', path: '/openapi.json' },
  ].map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^${escapeRegExp(basePath)}${escapeRegExp(path).replaceAll(/\\\{\w+\\\}/g, '[^/]+')}$`),
  }))

  const allowedMethods = (path: string): readonly string[] => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    return [...new Set(methods.includes('GET') ? ['HEAD', ...methods] : methods)]
  }

  const missing = (path: string, method: string): SoukError => {
    const allowed = allowedMethods(path)
    return allowed.length > 0
      ? new SoukError('METHOD_NOT_FOUND', `${method.slice(0, 20)} is not possible here. Use ${allowed.join(' or ')}.`)
      : new SoukError('NOT_FOUND', 'There is nothing at this address. The routes are listed in openapi.json.')
  }

  const requireSameOrigin = (request: Request): void => {
    const site = request.headers.get('sec-fetch-site')
    // Older browsers send nothing; there the content type, which needs a preflight, keeps other origins out.
    if (!READING.includes(request.method) && (site === 'cross-site' || site === 'same-site'))
      throw new SoukError('FORBIDDEN', 'A page of another origin may not change anything here. Call from the product.')
  }

  return {
    async fetch(request: Request): Promise<Response> {
      let response: Response
      try {
        requireSameOrigin(request)
        response = await app.fetch(request)
      } catch (error) {
        response = fail(error, request)
      }
      const headers = new Headers(response.headers)
      headers.set('x-request-id', traceIdOf(request))
      headers.set('cache-control', 'no-store')
      headers.set('x-content-type-options', 'nosniff')
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
      if (response.status === 405) headers.set('allow', allowedMethods(new URL(request.url).pathname).join(', '))
      return new Response(request.method === 'HEAD' ? null : response.body, { status: response.status, headers })
    },
  }
}

const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
