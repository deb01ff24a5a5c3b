import { isPrototypeKey, type PlainRecord } from '@souk/extension-sdk/protocol'
import type { Delivery, DeliveryAnswer } from '../services/webhooks/create-webhook-service'
import { SoukError } from '../souk-error'
import { readBytes } from './read-body'

/** Where outside services send to, below the base path. */
export const WEBHOOK_PATH = '/webhooks/{token}'

export const WEBHOOK_METHODS = ['GET', 'POST'] as const

/** What says who somebody is to the product, not to the app. */
const PRIVATE_HEADERS: readonly string[] = ['cookie', 'proxy-authorization']

/**
 * The request of an outside service, as a handler may see it.
 *
 * @throws {SoukError} `FORBIDDEN` for a browser. Its user is signed in to the product, and what it sends along, or a proxy adds for it, would be
 *   handed to app code: a link to a webhook would be enough to take a session.
 */
export const toDelivery = (request: Request, traceId: string): Delivery => {
  // Every browser sends it; the `fetch` of Node sends `Sec-Fetch-Mode`, but not this one.
  if (request.headers.has('sec-fetch-site'))
    throw new SoukError('FORBIDDEN', 'This address is for services, not for browsers.')
  const { search, searchParams } = new URL(request.url)
  return {
    method: request.method,
    search,
    query: toRecord(searchParams),
    headers: toRecord([...request.headers].filter(([name]) => !PRIVATE_HEADERS.includes(name))),
    readBody: (maxBytes) => readBytes(request, maxBytes),
    traceId,
    signal: request.signal,
  }
}

// Names come from outside: those that reach a prototype cannot cross.
const toRecord = (entries: Iterable<readonly [string, string]>): PlainRecord =>
  Object.fromEntries([...entries].filter(([name]) => !isPrototypeKey(name)))

/** Status codes that have no body. */
const WITHOUT_BODY: readonly number[] = [204, 205]

export const deliveryResponse = ({ status, headers, body }: DeliveryAnswer): Response =>
  new Response(WITHOUT_BODY.includes(status) ? null : body, {
    status,
    headers: {
      ...headers,
      // A service does not look at it. A browser then shows no page of an app on an origin of the product.
      'content-disposition': 'attachment',
    },
  })
