import { InvalidInputError, ServerFunctionError } from '../errors/server-errors'
import { isRecord, isRefusal } from '../protocol/parse'
import type { PlainValue } from '../protocol/plain-value'
import { parseWebhookResponse } from '../protocol/webhook-response'

/** What an outside service sent, byte for byte. */
export interface WebhookRequest {
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** Where it was sent, with the query. */
  readonly url: string
  /** The parameters of the query by name; of one that came several times, the last. */
  readonly query: Readonly<Record<string, string>>
  /** By name in small letters. Cookies never come along. */
  readonly headers: Readonly<Record<string, string>>
  /** What signatures are made over. At most 1 MiB. */
  readonly rawBody: Uint8Array<ArrayBuffer>
  /** The body as UTF-8. */
  text(): string
  /**
   * The body as JSON, which may be anything.
   *
   * @throws {InvalidInputError} when it is none.
   */
  json(): unknown
}

/** The handler that was created, as it was created. */
export interface WebhookHandlerPlace {
  readonly id: string
  /** The name of its file: `orders` for `orders.webhook.ts`. */
  readonly fileName: string
  readonly triggerId: string | null
  readonly workflowId: string | null
  readonly connectionId: string | null
  readonly externalWebhookId: string | null
  readonly metadata: Readonly<Record<string, PlainValue>>
}

export interface WebhookDelivery {
  readonly request: WebhookRequest
  readonly handler: WebhookHandlerPlace
}

/** Something that happened, for the product's workflows. */
export interface TriggerEvent {
  /** The service's own id of what happened, so that a delivery that comes again is not two events. 1 to 200 characters. */
  readonly id: string
  readonly [key: string]: unknown
}

/** What the service is answered. Nothing is an empty 200. */
export interface WebhookResponse {
  /** Default 200. Redirections are not possible. */
  readonly status?: number
  /** `content-type` (JSON, XML or plain text), `retry-after`, `x-hook-secret` and `x-hook-signature`; others are left out. */
  readonly headers?: Readonly<Record<string, string>>
  /** Text or bytes as they are, anything else as JSON. At most 256 KiB. */
  readonly body?: unknown
  /** Given to the product before a 2xx is answered; with another status they are not. At most 1,000. */
  readonly events?: readonly TriggerEvent[]
}

// biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing answers an empty 200.
type WebhookAnswer = WebhookResponse | null | undefined | void

/** The default export of a `*.webhook.ts` file. What it throws is answered with 503, so that the service sends it again. */
export type WebhookHandler = (delivery: WebhookDelivery) => WebhookAnswer | Promise<WebhookAnswer>

/** What stands in the table of server functions for a `*.webhook.ts` file: the build puts it around its default export. */
export const webhookFunction = (handler: unknown): unknown => {
  if (typeof handler !== 'function') return handler
  return async (delivery: unknown): Promise<unknown> => {
    const { request, handler: place } = isRecord(delivery) ? delivery : {}
    if (!isRecord(request) || !(request.rawBody instanceof Uint8Array))
      throw new InvalidInputError('A webhook is called by the platform alone, with what an outside service sent.')
    const { rawBody } = request
    const text = () => new TextDecoder().decode(rawBody)
    const response: unknown = await handler({
      handler: place,
      request: { ...request, text, json: () => parseJson(text()) },
    })
    const parsed = parseWebhookResponse(response)
    // Here, so that the developer finds it in the logs of the call.
    if (isRefusal(parsed)) throw new ServerFunctionError('FUNCTION_FAILED', parsed.refused)
    return response
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InvalidInputError('The body of the delivery is not JSON.', {}, { cause })
  }
}
