import { createRoute, type OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import { type ApiMethod, type ApiOperation, problemShape } from '@souk/extension-sdk/protocol'
import type { Context } from 'hono'
import type { Actor } from '../policy'
import { invalidInput, notFound, SoukError } from '../souk-error'
import { readJson, requireMediaType } from './read-body'
import { shapeSchema } from './shape-schema'

type Nothing = Readonly<Record<never, never>>

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

export interface RouteDefinition<Sent, Asked, Answer, Params, Query, Body> {
  /** Its method, its address and the shape of its answer, as the host and the CLI know them. */
  readonly operation: ApiOperation<string, Answer, Sent, Asked>
  readonly summary: string
  readonly tag: 'Product' | 'Developer' | 'Review'
  readonly params?: z.ZodType<Params>
  /** Has to take everything that a typed client may ask. */
  readonly query?: z.ZodType<Query, Asked>
  /** Has to take everything that a typed client may send. */
  readonly body?: z.ZodType<Body, Sent>
  readonly maxBodyBytes?: number
  /** The body is not JSON but bytes of this type; the handler reads them. */
  readonly rawBody?: string
  readonly status?: 200 | 201
  handle(input: RouteInput<Params, Query, Body>): Promise<Answer> | Answer
}

export interface Route {
  readonly method: string
  readonly path: string
  /** What the OpenAPI document says of it. */
  readonly config: RouteConfig
  respond(context: Context, actor: Actor, traceId: string): Promise<Response>
}

/** One definition of a route: what it takes, what it answers, its documentation and its handler. */
export const defineRoute = <Sent, Asked, Answer, Params = Nothing, Query = Nothing, Body = Nothing>(
  definition: RouteDefinition<Sent, Asked, Answer, Params, Query, Body>,
): Route => {
  const { operation, params, query, body, rawBody, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = definition
  return {
    method: operation.method,
    path: operation.path,
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
        params: (parsedParams?.data ?? {}) as Params,
        query: (query ? parseInput(query, c.req.query(), 'query') : {}) as Query,
        body: (body ? parseInput(body, await readJson(request, maxBodyBytes), 'body') : {}) as Body,
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

const toConfig = <S, A, R, P, Q, B>({
  operation: { method, path, answer },
  summary,
  tag,
  params,
  query,
  body,
  rawBody,
  status = 200,
}: RouteDefinition<S, A, R, P, Q, B>): RouteConfig => {
  const content = rawBody
    ? { [rawBody]: { schema: { type: 'string', format: 'binary' } as const } }
    : body && { 'application/json': { schema: body } }
  return createRoute({
    // The methods of the protocol are those of OpenAPI, in capitals.
    method: method.toLowerCase() as Lowercase<ApiMethod>,
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
      [status]: {
        description: 'What was asked for.',
        content: { 'application/json': { schema: shapeSchema(answer) } },
      },
      default: {
        description: 'A problem, with a stable code.',
        content: { 'application/problem+json': { schema: shapeSchema(problemShape) } },
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
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const actor = await readActor(c.req.raw)
      if (actor.kind === 'anonymous')
        throw new SoukError(
          'UNAUTHENTICATED',
          'Nobody is signed in. Sign in to the product, or send a valid API key, and try again.',
        )
      return route.respond(c, actor, traceIdOf(c.req.raw))
    })
  }
}
