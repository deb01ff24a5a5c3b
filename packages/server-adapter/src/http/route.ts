import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import {
  type ApiMethod,
  type ApiOperation,
  type CallFile,
  PART_LINE_SHAPES,
  problemShape,
} from '@souk/extension-sdk/protocol'
import type { Actor } from '../policy'
import { invalidInput, notFound } from '../souk-error'
import { LINES } from './part-lines'
import { shapeSchema } from './shape-schema'

type Nothing = Readonly<Record<never, never>>

export const FORM = 'application/x-www-form-urlencoded'

const LINE_SCHEMA = z.union(PART_LINE_SHAPES.map(shapeSchema)).openapi('PartLine')

/** Bytes. */
const DEFAULT_MAX_BODY_BYTES = 256 * 1024

/** A call of a function that brings files. */
export interface Upload {
  /** The part `call`: a JSON value. */
  readonly call: unknown
  /**
   * Reads the files that come after it.
   *
   * @param hold Told of the bytes as they come; what it throws ends the reading.
   */
  files(hold: (bytes: number) => void): Promise<readonly CallFile[]>
  /** Reads no more of it. */
  discard(): void
}

export interface RouteInput<Params, Query, Body> {
  readonly actor: Actor
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Reads a raw body, at most so many bytes of it. */
  readBytes(maxBytes: number): Promise<Uint8Array>
  /** The files of an upload. */
  readonly readFiles: Upload['files']
  readonly traceId: string
  readonly signal: AbortSignal | undefined
  /** Whether who asks takes the answer in parts. */
  readonly takesParts: boolean
  /** Answers with another status than the route's own. */
  setStatus(status: 200 | 201): void
}

export interface RouteDefinition<Sent, Asked, Answer, Params, Query, Body> {
  /** Its method, its address and the shape of its answer, as the host and the CLI know them. */
  readonly operation: ApiOperation<string, Answer, Sent, Asked>
  readonly summary: string
  readonly tag: 'Product' | 'Developer' | 'Review' | 'OAuth'
  readonly params?: z.ZodType<Params>
  /** Has to take everything that a typed client may ask. */
  readonly query?: z.ZodType<Query, Asked>
  /** Has to take everything that a typed client may send. */
  readonly body?: z.ZodType<Body, Sent>
  readonly maxBodyBytes?: number
  /** The body is not JSON but bytes of this type; the handler reads them. */
  readonly rawBody?: string
  /** The body is a form of parts: `call`, which this schema takes and which becomes the body of the input, and files. */
  readonly upload?: z.ZodType<Body>
  /** Asked by OAuth clients, who are nobody yet: the body is a form, and a refusal carries their `error` too. */
  readonly oauth?: boolean
  readonly status?: 200 | 201
  /** The handler may answer with a stream of encoded values to who takes parts. */
  readonly streams?: boolean
  handle(
    input: RouteInput<Params, Query, Body>,
  ): Promise<Answer | ReadableStream<string>> | Answer | ReadableStream<string>
}

/** A call as it arrives, over HTTP or from the product's own code: nothing of it is trusted yet. */
export interface RouteCall {
  readonly actor: Actor
  readonly params: unknown
  readonly query: unknown
  /** A JSON value or the fields of a form; read only when the route takes one. */
  readBody(maxBytes: number): Promise<unknown>
  readBytes(mediaType: string, maxBytes: number): Promise<Uint8Array>
  /** @param maxCallBytes Of the part that comes before the files. */
  readUpload(maxCallBytes: number): Promise<Upload>
  readonly traceId: string
  readonly signal?: AbortSignal | undefined
  readonly takesParts?: boolean
}

export interface RouteAnswer {
  readonly status: number
  /** Of the operation's shape, or a stream of encoded values to who takes parts. */
  readonly value: unknown
}

export interface Route {
  readonly operation: ApiOperation
  /** Whether nobody has to be signed in, bodies are forms and refusals are those of OAuth. */
  readonly oauth: boolean
  /** What the OpenAPI document says of it. */
  config(operationId: string): RouteConfig
  /** Checks what was sent, and does it. The second function is what a repeated call must not do again. */
  prepare(call: RouteCall): Promise<{ readonly body: unknown; run(): Promise<RouteAnswer> }>
}

/** One definition of a route: what it takes, what it answers, its documentation and its handler. */
export const defineRoute = <Sent, Asked, Answer, Params = Nothing, Query = Nothing, Body = Nothing>(
  definition: RouteDefinition<Sent, Asked, Answer, Params, Query, Body>,
): Route => {
  const { operation, params, query, body, rawBody, upload, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = definition
  return {
    operation,
    oauth: definition.oauth === true,
    config: (operationId) => toConfig(definition, operationId),
    async prepare({ actor, traceId, signal, takesParts = false, readBody, readBytes, readUpload, ...sent }) {
      const parsedParams = params?.safeParse(sent.params)
      // A parameter that cannot be an id names nothing.
      if (parsedParams && !parsedParams.success) throw notFound('resource')
      let status: number = definition.status ?? 200
      const parsedQuery = query ? parseInput(query, sent.query, 'query') : {}
      const uploaded = upload ? await readUpload(maxBodyBytes) : undefined
      const bodySchema = body ?? upload
      const input: RouteInput<Params, Query, Body> = {
        actor,
        traceId,
        signal,
        takesParts,
        // Each schema is the one its type was inferred from; without a schema the handler has no use for the value.
        params: (parsedParams?.data ?? {}) as Params,
        query: parsedQuery as Query,
        body: (bodySchema
          ? parseInput(bodySchema, uploaded ? uploaded.call : await readBody(maxBodyBytes), 'body')
          : {}) as Body,
        readBytes: (maxBytes) => readBytes(rawBody ?? '', maxBytes),
        readFiles: async (hold) => uploaded?.files(hold) ?? [],
        setStatus: (other) => {
          status = other
        },
      }
      return {
        body: input.body,
        async run() {
          const value = await definition.handle(input)
          return { status, value }
        },
      }
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

const toConfig = <S, A, R, P, Q, B>(
  {
    operation: { method, path, answer },
    summary,
    tag,
    params,
    query,
    body,
    rawBody,
    upload,
    oauth,
    streams,
    status = 200,
  }: RouteDefinition<S, A, R, P, Q, B>,
  operationId: string,
): RouteConfig => {
  const content = rawBody
    ? { [rawBody]: { schema: { type: 'string', format: 'binary' } as const } }
    : upload
      ? {
          'multipart/form-data': {
            schema: z.object({ call: upload }).catchall(z.string().openapi({ format: 'binary' })),
          },
        }
      : body && { [oauth ? FORM : 'application/json']: { schema: body } }
  return createRoute({
    // The methods of the protocol are those of OpenAPI, in capitals.
    method: method.toLowerCase() as Lowercase<ApiMethod>,
    path,
    operationId,
    summary,
    tags: [tag],
    ...(oauth ? { security: [{}] } : {}),
    request: {
      // Parameters and queries are always object schemas here.
      ...(params ? { params: params as unknown as z.ZodObject } : {}),
      ...(query ? { query: query as unknown as z.ZodObject } : {}),
      ...(content ? { body: { content, required: true } } : {}),
    },
    responses: {
      [status]: {
        description: 'What was asked for.',
        content: {
          'application/json': { schema: shapeSchema(answer) },
          ...(streams ? { [LINES]: { schema: LINE_SCHEMA } } : {}),
        },
      },
      default: {
        description: 'A problem, with a stable code.',
        content: {
          'application/problem+json': { schema: shapeSchema(problemShape) },
          // OAuth clients read nothing else.
          ...(oauth ? { 'application/json': { schema: shapeSchema(problemShape) } } : {}),
        },
      },
    },
  })
}
