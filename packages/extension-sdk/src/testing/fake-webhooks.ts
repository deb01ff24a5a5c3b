import { isRecord, isRefusal } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { type ParsedWebhookResponse, parseWebhookResponse } from '../protocol/webhook-response'
import { SdkError } from '../sdk-error'
import type { CallContext } from '../server/call-context'
import type { WebhookHandlerPlace } from '../server/webhook-function'
import type { WebhookHandlerInfo } from '../server/webhook-handlers'
import type { FakeAnswers } from './fake-answers'

/** What an outside service sends. */
export interface FakeDelivery {
  /** Default `POST`. */
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Text and bytes as they are, anything else as JSON. */
  readonly body?: unknown
  /** The handler that it is for, such as one of `webhookHandlers`. Default: one without metadata. */
  readonly handler?: Partial<WebhookHandlerPlace & { readonly url: string }>
}

/** What the service is answered, as it leaves the platform. */
export interface FakeAnswer extends Omit<ParsedWebhookResponse, 'body'> {
  readonly body: string
}

const BASE = 'https://product.example/api/souk/webhooks/'

const NO_HANDLER: WebhookHandlerPlace = {
  id: 'webhook-handler',
  fileName: 'webhook',
  triggerId: null,
  workflowId: null,
  connectionId: null,
  externalWebhookId: null,
  metadata: {},
}

const bytesOf = (body: unknown): Uint8Array =>
  body instanceof Uint8Array
    ? body
    : new TextEncoder().encode(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))

/** The arguments of a webhook, as the platform makes them of a delivery. */
export const toWebhookArguments = (delivery: FakeDelivery): readonly unknown[] => {
  const { method = 'POST', query = {}, headers = {}, body, handler = {} } = delivery
  const { id, fileName, triggerId, workflowId, connectionId, externalWebhookId, metadata } = {
    ...NO_HANDLER,
    ...handler,
  }
  const search = new URLSearchParams(query).toString()
  return [
    {
      request: {
        method,
        url: `${handler.url ?? `${BASE}token`}${search === '' ? '' : `?${search}`}`,
        query,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        rawBody: bytesOf(body),
      },
      handler: { id, fileName, triggerId, workflowId, connectionId, externalWebhookId, metadata },
    },
  ]
}

/** What leaves of what a webhook returned: the headers that may, and events only of a success. */
export const toFakeAnswer = (value: unknown): FakeAnswer => {
  const response = parseWebhookResponse(value)
  if (isRefusal(response)) throw new SdkError('FUNCTION_FAILED', response.refused)
  const { status, headers, body, events } = response
  return {
    status,
    headers,
    body: typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array()),
    events: status < 300 ? events : [],
  }
}

/** The handlers that functions create, as the platform keeps them: one for a file and connection, in the order they were made. */
export const createFakeWebhooks = () => {
  const handlers = new Map<string, WebhookHandlerInfo>()
  let count = 0

  const find = (id: unknown): WebhookHandlerInfo => {
    const handler = handlers.get(String(id))
    if (!handler) throw new SdkError('NOT_FOUND', 'There is no webhook handler of this id.')
    return handler
  }

  const put = (handler: WebhookHandlerInfo): WebhookHandlerInfo => {
    handlers.set(handler.id, handler)
    return handler
  }

  const textOr = (value: unknown, otherwise: string | null): string | null =>
    value === undefined ? otherwise : value === null ? null : String(value)

  const change = (handler: WebhookHandlerInfo, request: Readonly<Record<string, unknown>>): WebhookHandlerInfo =>
    put({
      ...handler,
      triggerId: textOr(request.triggerId, handler.triggerId),
      workflowId: textOr(request.workflowId, handler.workflowId),
      externalWebhookId: textOr(request.externalWebhookId, handler.externalWebhookId),
      // It crossed, so it is plain.
      metadata: isRecord(request.metadata) ? (request.metadata as Record<string, PlainValue>) : handler.metadata,
      isActive: typeof request.isActive === 'boolean' ? request.isActive : handler.isActive,
    })

  const create = (call: CallContext, request: Readonly<Record<string, unknown>>): WebhookHandlerInfo => {
    const fileName = String(request.webhook)
    const connectionId = textOr(request.connectionId, null)
    if (connectionId !== null && !call.connections?.some(({ id }) => id === connectionId))
      throw new SdkError('NOT_FOUND', 'The call has no connection of this id. Pass `context: { connections: [...] }`.')
    const known = [...handlers.values()].find((one) => one.fileName === fileName && one.connectionId === connectionId)
    if (known) return change(known, { ...request, isActive: true })
    const id = `webhook-handler-${++count}`
    const place = { ...NO_HANDLER, id, fileName, connectionId }
    return change({ ...place, url: `${BASE}${id}`, isActive: true, createdAt: new Date() }, request)
  }

  return {
    list: (): readonly WebhookHandlerInfo[] => [...handlers.values()],
    /** The answers to the questions about webhooks, by their names. */
    answers: {
      'webhook.create': (request, call) => create(call, request),
      'webhook.update': (request) => change(find(request.id), request),
      'webhook.delete': (request) => handlers.delete(String(request.id)),
      'webhook.list': ({ connectionId }) =>
        [...handlers.values()].filter((one) => connectionId === undefined || one.connectionId === connectionId),
    } satisfies FakeAnswers,
  }
}
