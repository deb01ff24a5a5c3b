import { OpenAPIHono } from '@hono/zod-openapi'
import { createId } from '../crypto/create-id'
import { sha256 } from '../crypto/hash'
import { type Actor, ANONYMOUS } from '../policy'
import type { CallbackResult } from '../services/connections/create-connection-service'
import { createIdempotentCalls } from '../services/idempotency'
import type { RateLimiter } from '../services/rate-limiter'
import { takeToken } from '../services/service-context'
import type { Delivery, DeliveryAnswer } from '../services/webhooks/create-webhook-service'
import { invalidInput, SoukError } from '../souk-error'
import { checkOrigin } from './check-origin'
import { checkRequest } from './check-request'
import { CALLBACK_PATH, callbackResponse } from './connection-callback'
import type { OperationName } from './operations'
import { acceptsLines, LINES, toLines } from './part-lines'
import { problemResponse, statusOf, toProblem, toSoukError } from './problem'
import { readBytes, readForm, readJson, requireMediaType } from './read-body'
import { readCallParts } from './read-call-parts'
import type { Route, RouteAnswer, RouteCall, Upload } from './route'
import { deliveryResponse, toDelivery, WEBHOOK_METHODS, WEBHOOK_PATH } from './webhook-delivery'

export interface ApiOptions {
  readonly routes: ReadonlyMap<OperationName, Route>
  /** Who asks: by an API key, or by the product's session. */
  readonly readActor: (request: Request) => Promise<Actor>
  readonly requests: RateLimiter
  /** What answers a person who comes back from an outside service. */
  readonly finishConnection: (actor: Actor, answer: URLSearchParams) => Promise<CallbackResult>
  /** What answers an outside service that sends to a webhook. */
  readonly deliverWebhook: (token: string, delivery: Delivery) => Promise<DeliveryAnswer>
  /** Of OAuth clients, who are nobody yet, all together. */
  readonly anonymous: RateLimiter
  /** `/api/souk`, without a slash at its end. */
  readonly basePath: string
  /** Of the product, beside the one that is asked. */
  readonly allowedOrigins: ReadonlySet<string>
  readonly onError: (error: unknown, about: { readonly traceId?: string }) => void
}

interface Sent {
  readonly status: number
  readonly text: string
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/

/** The HTTP API over the routes: translation, limits and headers, no rules. */
export const createApi = ({
  routes,
  readActor,
  requests,
  anonymous,
  finishConnection,
  deliverWebhook,
  basePath,
  allowedOrigins,
  onError,
}: ApiOptions) => {
  const writes = createIdempotentCalls<Sent>({ sizeBytes: ({ text }) => text.length * 2 })
  const traceIds = new WeakMap<Request, string>()
  const traceIdOf = (request: Request): string => {
    const known = traceIds.get(request) ?? createId()
    traceIds.set(request, known)
    return known
  }

  const fail = (error: unknown, request: Request, oauth = false): Response => {
    const traceId = traceIdOf(request)
    const known = toSoukError(error)
    // What a caller did wrong is the caller's to know; what we did wrong is the operator's too.
    if (statusOf(known.code) >= 500) onError(known.cause ?? known, { traceId })
    return problemResponse(known, traceId, oauth)
  }

  const linesResponse = (parts: ReadableStream<string>, request: Request): Response => {
    const traceId = traceIdOf(request)
    const lines = toLines(parts, (error) => {
      const known = toSoukError(error)
      if (statusOf(known.code) >= 500) onError(known.cause ?? known, { traceId })
      return toProblem(known, traceId)
    })
    // Some proxies keep an answer back until it is whole, unless they are told not to.
    return new Response(lines, { headers: { 'content-type': LINES, 'x-accel-buffering': 'no' } })
  }

  /** Of a person or a key; whoever is nobody is refused. */
  const admit = async (request: Request): Promise<Exclude<Actor, { kind: 'anonymous' }>> => {
    const actor = await readActor(request)
    if (actor.kind === 'anonymous')
      throw new SoukError(
        'UNAUTHENTICATED',
        'Nobody is signed in. Sign in to the product, or send a valid API key, and try again.',
      )
    takeToken(requests, keyOf(actor), 'requests')
    return actor
  }

  const respond = async (
    route: Route,
    request: Request,
    sent: Pick<RouteCall, 'params' | 'query'>,
  ): Promise<Response> => {
    const uploads: Upload[] = []
    try {
      return await answerTo(route, request, sent, (upload) => uploads.push(upload))
    } finally {
      for (const upload of uploads) upload.discard()
    }
  }

  const answerTo = async (
    route: Route,
    request: Request,
    sent: Pick<RouteCall, 'params' | 'query'>,
    onUpload: (upload: Upload) => void,
  ): Promise<Response> => {
    if (!route.oauth) checkOrigin(request, allowedOrigins)
    // Who asks as an OAuth client is not looked at: a session that came along would only be in danger.
    const actor = route.oauth ? ANONYMOUS : await admit(request)
    if (route.oauth) takeToken(anonymous, keyOf(actor), 'requests')
    // What nobody in particular asks has no keys of its own.
    const key = request.method === 'GET' || route.oauth ? null : request.headers.get('idempotency-key')
    const { body, run } = await route.prepare({
      ...sent,
      actor,
      // What a repeated request is answered with has to be kept, so it comes in one piece.
      takesParts: key === null && acceptsLines(request),
      traceId: traceIdOf(request),
      signal: request.signal,
      readBody: (maxBytes) => (route.oauth ? readForm(request, maxBytes) : readJson(request, maxBytes)),
      readBytes(mediaType, maxBytes) {
        requireMediaType(request, [mediaType])
        return readBytes(request, maxBytes)
      },
      async readUpload(maxCallBytes) {
        const upload = await readCallParts(request, maxCallBytes)
        onUpload(upload)
        return upload
      },
    })
    const toSent = ({ status, value }: RouteAnswer): Sent => ({ status, text: JSON.stringify(value) })
    if (key !== null && !IDEMPOTENCY_KEY.test(key))
      throw invalidInput('The Idempotency-Key was refused. Send 1 to 200 printable characters without spaces.')
    const answer =
      key === null
        ? await run()
        : await writes.run(
            sha256(`${keyOf(actor)}\n${key}`),
            sha256(JSON.stringify([route.operation.method, route.operation.path, sent.params, body])),
            async () => toSent(await run()),
          )
    if ('value' in answer && answer.value instanceof ReadableStream) return linesResponse(answer.value, request)
    const { status, text } = 'value' in answer ? toSent(answer) : answer
    return new Response(text, { status, headers: { 'content-type': 'application/json' } })
  }

  const app = new OpenAPIHono({ strict: true })
  const api = new OpenAPIHono({ strict: true })
  api.openAPIRegistry.registerComponent('securitySchemes', 'ApiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of a developer account. In the product its own session counts instead.',
  })
  for (const [name, route] of routes) {
    const { method, path } = route.operation
    api.openAPIRegistry.registerPath(route.config(name))
    api.on(method, toPattern(path), (c) =>
      respond(route, c.req.raw, { params: c.req.param(), query: c.req.query() }).catch((error) =>
        fail(error, c.req.raw, route.oauth),
      ),
    )
  }
  api.get('/openapi.json', (c) =>
    c.json(
      api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Souk', version: '1' },
        servers: [{ url: basePath }],
        security: [{ ApiKey: [] }, {}],
      }),
    ),
  )
  api.get(CALLBACK_PATH, async (c) => {
    const actor = await admit(c.req.raw)
    return callbackResponse(await finishConnection(actor, new URL(c.req.url).searchParams), traceIdOf(c.req.raw))
  })
  // Nobody is signed in here: what is sent is checked by the handler, and whose it is by the token.
  api.on([...WEBHOOK_METHODS], toPattern(WEBHOOK_PATH), async (c) => {
    const delivery = toDelivery(c.req.raw, traceIdOf(c.req.raw))
    return deliveryResponse(await deliverWebhook(c.req.param('token') ?? '', delivery))
  })
  app.route(basePath, api)
  app.onError((error, c) => fail(error, c.req.raw))
  app.notFound((c) => fail(missing(c.req.path, c.req.method), c.req.raw))

  const patterns = [
    ...[...routes.values()].map(({ operation }) => operation),
    { method: 'GET', path: '/openapi.json' },
    { method: 'GET', path: CALLBACK_PATH },
    ...WEBHOOK_METHODS.map((method) => ({ method, path: WEBHOOK_PATH })),
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

  const finish = (response: Response, request: Request): Response => {
    const headers = new Headers(response.headers)
    headers.set('x-request-id', traceIdOf(request))
    headers.set('cache-control', 'no-store')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    if (response.status === 405) headers.set('allow', allowedMethods(new URL(request.url).pathname).join(', '))
    return new Response(request.method === 'HEAD' ? null : response.body, { status: response.status, headers })
  }

  return {
    async fetch(request: Request): Promise<Response> {
      let response: Response
      try {
        checkRequest(request)
        response = await app.fetch(request)
      } catch (error) {
        response = fail(error, request)
      }
      return finish(response, request)
    },
    /** Answers with a refusal, and does nothing else. */
    refuse: (request: Request, error: SoukError): Response =>
      finish(problemResponse(error, traceIdOf(request)), request),
  }
}

/** One bucket for a user of an organization, one for an account's keys, one for everybody else. */
const keyOf = (actor: Actor): string =>
  actor.kind === 'anonymous'
    ? 'anonymous'
    : actor.kind === 'user'
      ? `user\n${actor.organizationId}\n${actor.userId}`
      : `key\n${actor.developerAccountId}`

/** An address of the API as the router writes it. */
const toPattern = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
