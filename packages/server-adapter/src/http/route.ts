import { createRoute, type OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { ErrorCode } from '@souk/extension-sdk/protocol'
import type { Context } from 'hono'
import type { Actor } from '../policy'
import { invalidInput, notFound, SoukError } from '../souk-error'
import { readJson, requireMediaType } from './read-body'
import { problemSchema } from './schemas'

/** Bytes. */
const DEFAULT_MAX_BODY_BYTES = 256 * 1024

export interface RouteInput<Params, Query, Body> {
  readonly actor: Actor
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly request: Request
  readonly traceId: string
  /** Answers with another status than the route's own. */
  setStatus(status: 200 | 201): void
}

export interface RouteDefinition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Relative to the base path, with `{name}` for parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: 'Product' | 'Developer' | 'Review'
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  readonly maxBodyBytes?: number
  /** The body is not JSON but bytes of this type; the handler reads them. */
  readonly rawBody?: string
  readonly response: Response
  readonly status?: 200 | 201
  handle(
    input: RouteInput<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): Promise<z.output<Response>> | z.output<Response>
}

export interface Route {
  readonly method: string
  readonly path: string
  /** What the OpenAPI document says of it. */
  readonly config: RouteConfig
  respond(context: Context, actor: Actor, traceId: string): Promise<Response>
}

/** One definition of a route: what it takes, what it answers, its documentation and its handler. */
export const defineRoute = <
  Params extends z.ZodType = z.ZodType<Readonly<Record<string, string>>>,
  Query extends z.ZodType = z.ZodType<Readonly<Record<string, string>>>,
  Body extends z.ZodType = z.ZodType<unknown>,
  Answer extends z.ZodType = z.ZodType<unknown>,
>(
  definition: RouteDefinition<Params, Query, Body, Answer>,
): Route => {
  const { method, path, params, query, body, rawBody, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = definition
  const hasBody = method === 'post' || method === 'put' || method === 'patch'
  return {
    method,
    path,
    config: toConfig(definition),
    async respond(c, actor, traceId) {
      const request = c.req.raw
      let status = definition.status ?? 200
      const parsedParams = params?.safeParse(c.req.param())
      // A parameter that cannot be an id names nothing.
      if (parsedParams && !parsedParams.success) throw notFound('resource')
      if (rawBody) requireMediaType(request, [rawBody])
      const result = await definition.handle({
        actor,
        request,
        traceId,
        // Each schema is the one its type was inferred from; without a schema the handler has no use for the value.
        params: (parsedParams?.data ?? {}) as z.output<Params>,
        query: (query ? parseInput(query, c.req.query(), 'query') : {}) as z.output<Query>,
        body: (hasBody && !rawBody && body
          ? parseInput(body, await readJson(request, maxBodyBytes), 'body')
          : {}) as z.output<Body>,
        setStatus: (other) => {
          status = other
        },
      })
      return new Response(JSON.stringify(result), { status, headers: { 'content-type': 'application/json' } })
    },
  }
}

const parseInput = (schema: z.ZodType, value: unknown, part: 'query' | 'body'): unknown => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues.slice(0, 50)) {
    const keys =
      issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 20).map((key) => [...issue.path, key]) : [issue.path]
    for (const key of keys) fields[key.map(String).join('.').slice(0, 200)] ??= issue.message.slice(0, 300)
  }
  throw invalidInput(`The ${part} of the request was refused. \`fields\` says what was expected where.`, fields)
}

const toConfig = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>({
  method,
  path,
  summary,
  tag,
  params,
  query,
  body,
  rawBody,
  response,
  status = 200,
}: RouteDefinition<P, Q, B, R>): RouteConfig => {
  const content = rawBody
    ? { [rawBody]: { schema: { type: 'string', format: 'binary' } as const } }
    : body && { 'application/json': { schema: body } }
  return createRoute({
    method,
    path,
    summary,
    tags: [tag],
    request: {
      // Parameters and queries are always object schemas here.
      ...(params ? { params: params as unknown as z.ZodObject } : {}),
      ...(query ? { query: query as unknown as z.ZodObject } : {}),
      ...(content ? { body: { content, required: true } } : {}),
    },
    responses: {
      [status]: { description: 'What was asked for.', content: { 'application/json': { schema: response } } },
      default: {
        description: 'A problem, with a stable code.',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    },
  })
}

/** Puts the routes into a Hono application, with what is the same for all of them. */
export const mountRoutes = (
  app: OpenAPIHono,
  routes: readonly Route[],
  readActor: (request: Request) => Promise<Actor>,
  traceIdOf: (request: Request) => string,
): void => {
  for (const route of routes) {
    app.openAPIRegistry.registerPath(route.config)
    app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const actor = await readActor(c.req.raw)
      if (actor.kind === 'anonymous')
        throw new SoukError(
          'UNAUTHENTICATED' satisfies ErrorCode,
          'Nobody is signed in. Sign in to the product, or send a valid API key, and try again.',
        )
      return route.respond(c, actor, traceIdOf(c.req.raw))
    })
  }
}
