import type { LookupAddress } from 'node:dns'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { SoukError } from '../../souk-error'
import type { HeaderPair } from './request-headers'

export interface OutgoingRequest {
  /** What app code asked for; its host is sent as the Host header. */
  readonly url: URL
  /** Where the bytes go: the same URL, or the stand-in of a development host. */
  readonly target: URL
  /** The addresses that were checked. Empty for a stand-in, which names its address itself. */
  readonly addresses: readonly LookupAddress[]
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | null
  readonly maxResponseBytes: number
  readonly signal: AbortSignal
}

export interface IncomingResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array
}

/** Sends one request and reads its whole response. */
export type SendRequest = (request: OutgoingRequest) => Promise<IncomingResponse>

/** Over Node's HTTP client, connecting to the addresses of the request and to no others. Redirects are not followed. */
export const sendRequest: SendRequest = async (outgoing) => {
  const response = await open(outgoing)
  // Such a response may announce an encoding without a body to decode.
  const isEmpty = outgoing.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304
  const body = await readBody(response, isEmpty ? response : decoded(response), outgoing.maxResponseBytes)
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: pairs(response.rawHeaders),
    body,
  }
}

const open = ({ url, target, addresses, method, headers, body, signal }: OutgoingRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(target, {
      method,
      headers: { ...headers, host: url.host, ...(body ? { 'content-length': String(body.byteLength) } : {}) },
      signal,
      // No shared agent: a kept connection would outlive the check of its address and the call that opened it.
      agent: false,
      ...(addresses.length > 0 ? { lookup: answerWith(addresses) } : {}),
    })
    request.on('response', resolve)
    request.on('error', reject)
    // An upgrade or a 1xx that changes protocols would leave the request hanging.
    request.on('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new SoukError('EGRESS_FAILED', `${url.host} tried to change the protocol, which is not supported.`))
    })
    request.end(body ?? undefined)
  })

/** Stands in for the resolver, which would be free to answer differently now. */
const answerWith =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, options, done) => {
    const [first] = addresses
    if (options.all) done(null, [...addresses])
    else if (first) done(null, first.address, first.family)
  }

const readBody = async (response: IncomingMessage, content: Readable, maxBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  try {
    // The limit counts decoded bytes, so that a small compressed body cannot unfold into a large one.
    for await (const chunk of content) {
      // Without an encoding, a stream of bytes yields Buffers.
      const bytes = chunk as Uint8Array
      sizeBytes += bytes.byteLength
      if (sizeBytes > maxBytes)
        throw new SoukError(
          'EGRESS_LIMIT',
          `The response is larger than ${maxBytes} bytes. Ask the service for less, such as a page at a time.`,
        )
      chunks.push(bytes)
    }
  } finally {
    response.destroy()
  }
  return Buffer.concat(chunks)
}

const decoded = (response: IncomingMessage): Readable => {
  const decoder = decoderOf(response.headers['content-encoding'])
  // pipeline() hands a failure of the response on to the decoder, whose reader reports it.
  return decoder ? pipeline(response, decoder, () => {}) : response
}

const decoderOf = (encoding: string | undefined) => {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'br') return createBrotliDecompress()
  return encoding === 'deflate' ? createInflate() : undefined
}

const pairs = (raw: readonly string[]): HeaderPair[] =>
  raw.flatMap((name, index): HeaderPair[] => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? '']] : []))
