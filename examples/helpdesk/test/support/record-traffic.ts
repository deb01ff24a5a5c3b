import type { BrowserContext, Request, Response } from 'playwright-core'

export interface Traffic {
  /** Everything seen so far, each entry with what it was. */
  entries(): Promise<readonly TrafficEntry[]>
}

export interface TrafficEntry {
  readonly about: string
  readonly text: string
}

const describeRequest = (request: Request): string => `${request.method()} ${request.url()}`

const readHeaders = async (message: Request | Response): Promise<string> =>
  (await message.headersArray().catch(() => [])).map(({ name, value }) => `${name}: ${value}`).join('\n')

/**
 * Records every byte that pages and frames of this browser exchange and print: requests and responses with headers and
 * bodies, WebSocket frames, console and page errors.
 */
export const recordTraffic = (context: BrowserContext): Traffic => {
  const pending: Promise<TrafficEntry>[] = []
  const add = (about: string, text: string | Promise<string>) =>
    pending.push(Promise.resolve(text).then((value) => ({ about, text: value })))

  context.on('request', (request) => {
    add(`request ${describeRequest(request)}`, request.url())
    add(`request headers of ${describeRequest(request)}`, readHeaders(request))
    add(`request body of ${describeRequest(request)}`, request.postDataBuffer()?.toString('utf8') ?? '')
  })
  context.on('response', (response) => {
    add(`response headers of ${describeRequest(response.request())}`, readHeaders(response))
    const body = response.body().then(
      (bytes) => bytes.toString('utf8'),
      // A redirect and a page that was left have no body any more.
      () => '',
    )
    add(`response body of ${describeRequest(response.request())}`, body)
  })
  context.on('console', (message) => add(`console ${message.type()}`, message.text()))
  context.on('weberror', (error) => add('page error', String(error.error())))
  context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => add(`sent on ${socket.url()}`, payload.toString()))
      socket.on('framereceived', ({ payload }) => add(`received on ${socket.url()}`, payload.toString()))
    })
  })
  return { entries: () => Promise.all(pending) }
}
