import { describe, isName, isRecord, isString, type Parsed, refuse } from './parse'

/** What the handler of a webhook gave, ready to be sent. */
export interface ParsedWebhookResponse {
  readonly status: number
  /** Only those that may leave. */
  readonly headers: Readonly<Record<string, string>>
  /** null: none. */
  readonly body: string | Uint8Array<ArrayBuffer> | null
  readonly events: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[]
}

/** Bytes. */
const MAX_BODY_BYTES = 256 * 1024
const MAX_EVENTS = 1000
/** What services ask for when they try a webhook. Cookies, CORS, redirections and caching are the product's own. */
const HEADERS: readonly string[] = ['content-type', 'retry-after', 'x-hook-secret', 'x-hook-signature']
/** Nothing that a browser would draw as a page of the product. */
const MEDIA_TYPE = /^(?:application\/(?:json|xml)|text\/(?:plain|xml))(?: *; *charset=[\w-]{1,20})?$/i
const HEADER_VALUE = /^[\x20-\x7e]{1,1000}$/
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Parses what the handler of a webhook returned. It is code of the app: outside data. */
export const parseWebhookResponse = (value: unknown): Parsed<ParsedWebhookResponse> => {
  if (value === undefined || value === null) return { status: 200, headers: {}, body: null, events: [] }
  if (!isRecord(value))
    return refuse(`A webhook must give { status, headers, body, events }; received ${describe(value)}.`)
  const { status = 200, headers = {}, body, events = [] } = value
  if (!isStatus(status)) return refuse(`status must be 200 to 299 or 400 to 599; received ${describe(status)}.`)
  if (!isRecord(headers) || !Object.values(headers).every(isString)) return refuse('headers must be texts by name.')
  const problem = findEventsProblem(events)
  if (problem) return refuse(problem)
  const content = contentOf(body)
  if (content === undefined) return refuse('body must be text, bytes or JSON.')
  const bytes = isString(content.body)
    ? new TextEncoder().encode(content.body).byteLength
    : (content.body?.byteLength ?? 0)
  if (bytes > MAX_BODY_BYTES) return refuse(`body has ${bytes} bytes; at most ${MAX_BODY_BYTES} are allowed.`)
  return {
    status,
    headers: { ...(content.type === undefined ? {} : { 'content-type': content.type }), ...allowedOf(headers) },
    body: content.body,
    // Each was just looked at.
    events: events as ParsedWebhookResponse['events'],
  }
}

const isStatus = (value: unknown): value is number =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  ((value >= 200 && value < 300) || (value >= 400 && value < 600))

const allowedOf = (headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([key, value]): [string, string][] => {
      const name = key.toLowerCase()
      if (!HEADERS.includes(name) || !isString(value) || !HEADER_VALUE.test(value)) return []
      return name === 'content-type' && !MEDIA_TYPE.test(value) ? [] : [[name, value]]
    }),
  )

const findEventsProblem = (events: unknown): string | undefined => {
  if (!Array.isArray(events)) return `events must be an array; received ${describe(events)}.`
  if (events.length > MAX_EVENTS) return `events has ${events.length} entries; at most ${MAX_EVENTS} are allowed.`
  const wrong = Array.from<unknown>(events).findIndex(
    (event) => !isRecord(event) || !isName(event.id) || UNSTORABLE.test(event.id),
  )
  return wrong === -1
    ? undefined
    : `events[${wrong}].id must be a text of 1 to 200 characters: the service's own id of what happened.`
}

/** @returns Nothing when it cannot be sent. */
const contentOf = (
  body: unknown,
): { readonly body: ParsedWebhookResponse['body']; readonly type?: string } | undefined => {
  if (body === undefined || body === null) return { body: null }
  if (isString(body)) return { body, type: 'text/plain; charset=utf-8' }
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), type: 'application/octet-stream' }
  try {
    const text: string | undefined = JSON.stringify(body)
    return text === undefined ? undefined : { body: text, type: 'application/json' }
  } catch {
    return undefined
  }
}
