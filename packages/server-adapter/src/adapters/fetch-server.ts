import type { Souk } from '../index'

/** What an adapter mounts: Souk itself, the sandbox, or anything else with a `fetch`. */
export type FetchServer = Pick<Souk, 'fetch'> & Partial<Pick<Souk, 'basePath'>>

export interface AdapterOptions {
  /**
   * Whether a proxy stands in front that sets `X-Forwarded-Host` and `X-Forwarded-Proto` on every request. Only then the address of a request
   * is taken from them; of a list, the last entry counts, which the nearest proxy wrote. Default: false.
   */
  readonly trustProxy?: boolean
}

/** Whether a path, with or without its query, belongs to the server. */
export const isUnderBasePath = ({ basePath }: FetchServer, path: string): boolean =>
  basePath === undefined || path === basePath || path.startsWith(`${basePath}/`) || path.startsWith(`${basePath}?`)

/** The request as the server gets it: another body when a parser had read it, another address when a trusted proxy says so. */
export const translateRequest = (request: Request, { trustProxy }: AdapterOptions, body?: BodyInit): Request => {
  const url = trustProxy ? forwardedUrl(request) : request.url
  if (url === request.url && body === undefined) return request
  const headers = new Headers(request.headers)
  if (body !== undefined) {
    // They speak of the bytes that the parser read.
    headers.delete('content-length')
    headers.delete('content-encoding')
  }
  const { method, signal } = request
  const content = method === 'GET' || method === 'HEAD' ? null : (body ?? request.body)
  // The DOM's types do not know `duplex`, which a stream as a body needs.
  return new Request(url, { method, headers, body: content, signal, duplex: 'half' } as RequestInit)
}

const forwardedUrl = (request: Request): string => {
  const last = (name: string) => request.headers.get(name)?.split(',').at(-1)?.trim()
  const url = new URL(request.url)
  const protocol = last('x-forwarded-proto') ?? url.protocol.slice(0, -1)
  const host = last('x-forwarded-host') ?? url.host
  const isWellFormed =
    /^https?$/.test(protocol) && /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/.test(host)
  const forwarded = `${protocol}://${host}${url.pathname}${url.search}`
  return isWellFormed && URL.canParse(forwarded) ? forwarded : request.url
}

/** A body that another parser had read, made again from what it left behind; refused where it left nothing to make it from. */
export const bodyAgain = (parsed: unknown, contentType: string): BodyInit => {
  // A Buffer is never over a SharedArrayBuffer.
  if (parsed instanceof Uint8Array) return parsed as Uint8Array<ArrayBuffer>
  if (typeof parsed === 'string') return parsed
  return parsed !== undefined && /^application\/json\b/i.test(contentType) ? JSON.stringify(parsed) : consumedBody()
}

/** A body that fails with `BODY_CONSUMED` as soon as it is read. */
export const consumedBody = (): ReadableStream =>
  new ReadableStream({
    pull(controller) {
      const message =
        'A body parser in front of Souk read the body and kept nothing of it. Mount Souk before the parser, or let the parser leave its paths out.'
      // Recognised by name and code, so that an adapter does not carry the whole server with it.
      controller.error(Object.assign(new Error(message), { name: 'SoukError', code: 'BODY_CONSUMED' }))
    },
  })
