import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import type { HttpMount } from './http-mount'

export interface Sending {
  readonly method?: string
  /** With the base path and the query. */
  readonly path: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: Uint8Array<ArrayBuffer> | string
}

export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly text: string
}

const received = (status: number, headers: Headers, bytes: Uint8Array): Received => ({
  status,
  headers,
  bytes,
  text: new TextDecoder().decode(bytes),
})

const toHeaders = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '')
  return headers
}

export const readAll = async (message: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of message) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

/** Opens a request on a socket and leaves its body to the caller. */
export const open = (origin: string, { method = 'GET', path, headers = [] }: Sending, agent?: Agent) => {
  const { hostname, port } = new URL(origin)
  const flat = headers.flat()
  const request = httpRequest({ hostname, port, method, path, agent: agent ?? false })
  // One by one, so that a name may come twice.
  for (const name of new Set(headers.map(([key]) => key)))
    request.setHeader(
      name,
      flat.filter((_, index) => index % 2 === 1 && flat[index - 1] === name),
    )
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', (message) => {
      // An answer that breaks off is seen by whoever reads it; here it must not end the process.
      message.on('error', () => {})
      resolve(message)
    })
    request.on('error', reject)
  })
  // The caller may look at it later than it fails.
  response.catch(() => {})
  return { request, response }
}

const askSocket = async (origin: string, sending: Sending, agent?: Agent): Promise<Received> => {
  const { request, response } = open(origin, sending, agent)
  request.end(sending.body)
  const message = await response
  return received(message.statusCode ?? 0, toHeaders(message), await readAll(message))
}

const askInProcess = async (
  fetch: NonNullable<HttpMount['fetch']>,
  { method = 'GET', path, headers = [], body }: Sending,
): Promise<Received> => {
  const sent = new Headers()
  for (const [name, value] of headers) sent.append(name, value)
  const response = await fetch(
    new Request(`http://product.test${path}`, { method, headers: sent, ...(body === undefined ? {} : { body }) }),
  )
  return received(response.status, response.headers, new Uint8Array(await response.arrayBuffer()))
}

/** Asks the product, over its socket when it has one. */
export const ask = ({ origin, fetch }: HttpMount, sending: Sending, agent?: Agent): Promise<Received> => {
  if (origin !== undefined) return askSocket(origin, sending, agent)
  if (fetch) return askInProcess(fetch, sending)
  throw new Error('The mount has neither an origin nor a fetch. Return one of them.')
}

/** An agent with one connection that is kept. */
export const createOneConnection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 })
