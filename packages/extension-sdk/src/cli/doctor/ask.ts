import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'

export interface Answer {
  readonly url: URL
  readonly status: number
  /** Lower case; more than one header of a name is joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** One by one, since their values hold commas. */
  readonly cookies: readonly string[]
  readonly body: Buffer
}

const TIMEOUT_MS = 15_000
const MAX_BYTES = 8 * 1024 * 1024

/** As browsers do: every name under localhost is this machine. */
const lookup: LookupFunction = (hostname, options, callback) => {
  if (!/(?:^|\.)localhost$/i.test(hostname)) return systemLookup(hostname, options, callback)
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

const joined = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name === 'set-cookie' || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

/**
 * One request as anybody could send it: no cookies, no redirects followed, no cache.
 *
 * Not `fetch`, which hides cookies and cannot find the names under localhost that development uses.
 */
export const ask = (address: string | URL, method: 'GET' | 'POST' = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(address)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, { method, lookup, agent: false, headers: { accept: '*/*' } }, (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > MAX_BYTES) request.destroy(new Error(`the answer is larger than ${MAX_BYTES} bytes`))
        else parts.push(part)
      })
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: joined(response.headers),
          cookies: response.headers['set-cookie'] ?? [],
          body: Buffer.concat(parts),
        }),
      )
    })
    request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} seconds`)))
    request.on('error', reject)
    request.end()
  })
