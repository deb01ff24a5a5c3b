import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'

type HeaderValue = string | number | readonly string[]

/** What callers of `http.request` pass; Node's own type has much that means nothing without a socket. */
export interface RequestOptions {
  readonly protocol?: string | null
  readonly hostname?: string | null
  readonly host?: string | null
  readonly port?: number | string | null
  readonly path?: string | null
  readonly method?: string
  readonly headers?: Readonly<Record<string, HeaderValue | undefined>> | readonly string[]
  readonly auth?: string | null
  readonly timeout?: number
  readonly signal?: AbortSignal
}

/** Headers that belong to a connection, which is not the caller's. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])

/** The part of a socket that clients look at. There is none here: `fetch` keeps it. */
class Connection extends EventEmitter {
  readonly connecting = false
  readonly encrypted = true
  readonly writable = true
  readonly destroyed = false
  setKeepAlive = () => this
  setNoDelay = () => this
  setTimeout = () => this
  ref = () => this
  unref = () => this
  destroy = () => this
}

/** A response as `node:http` hands it out: a stream of its body, with the head beside it. */
export class IncomingMessage extends Readable {
  readonly httpVersion = '1.1'
  readonly httpVersionMajor = 1
  readonly httpVersionMinor = 1
  readonly trailers = {}
  readonly rawTrailers: readonly string[] = []
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: Record<string, string> = {}
  readonly rawHeaders: string[] = []
  complete = false
  aborted = false
  readonly #body: Uint8Array

  constructor(
    readonly url: string,
    readonly socket: Connection,
    response: Response,
    body: Uint8Array,
  ) {
    super()
    this.statusCode = response.status
    this.statusMessage = response.statusText
    for (const [name, value] of response.headers) {
      this.headers[name] = value
      this.rawHeaders.push(name, value)
    }
    this.#body = body
  }

  get connection(): Connection {
    return this.socket
  }

  setTimeout(): this {
    return this
  }

  override _read(): void {
    if (this.#body.byteLength > 0 && !this.complete) this.push(Buffer.from(this.#body))
    this.complete = true
    this.push(null)
  }
}

const urlOf = (options: RequestOptions, protocol: string): URL => {
  const scheme = options.protocol || protocol
  const host = options.hostname || options.host || 'localhost'
  // The address of the sixth version comes without brackets here, and with them in a URL.
  const name = host.includes(':') && !host.startsWith('[') && host.split(':').length > 2 ? `[${host}]` : host
  const url = new URL(`${scheme}//${name}`)
  if (options.port) url.port = String(options.port)
  const path = options.path || '/'
  const query = path.indexOf('?')
  url.pathname = query < 0 ? path : path.slice(0, query)
  url.search = query < 0 ? '' : path.slice(query)
  return url
}

/** A request as `node:http` makes one, sent by `fetch` once its body is complete. Redirects are the caller's affair, as there. */
export class ClientRequest extends Writable {
  readonly method: string
  readonly protocol: string
  readonly host: string
  readonly path: string
  readonly socket = new Connection()
  readonly reusedSocket = false
  res: IncomingMessage | undefined
  readonly #url: URL
  readonly #headers = new Map<string, readonly [name: string, value: HeaderValue]>()
  readonly #body: Uint8Array[] = []
  readonly #ending = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: RequestOptions, protocol: string, onResponse?: (response: IncomingMessage) => void) {
    // It lives until its response has ended, not until its body was sent.
    super({ autoDestroy: false })
    this.#url = urlOf(options, protocol)
    this.method = (options.method ?? 'GET').toUpperCase()
    this.protocol = this.#url.protocol
    this.host = this.#url.hostname
    this.path = `${this.#url.pathname}${this.#url.search}`
    for (const [name, value] of headerEntries(options.headers)) this.setHeader(name, value)
    if (options.auth) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`)
    if (onResponse) this.once('response', onResponse)
    if (options.timeout) this.setTimeout(options.timeout)
    options.signal?.addEventListener('abort', () => this.destroy(asError(options.signal?.reason)), {
      signal: this.#ending.signal,
    })
    // Callers listen first.
    process.nextTick(() => this.emit('socket', this.socket))
  }

  get connection(): Connection {
    return this.socket
  }

  get aborted(): boolean {
    return this.destroyed
  }

  setHeader(name: string, value: HeaderValue): this {
    this.#headers.set(name.toLowerCase(), [name, value])
    return this
  }

  getHeader(name: string): HeaderValue | undefined {
    return this.#headers.get(name.toLowerCase())?.[1]
  }

  hasHeader(name: string): boolean {
    return this.#headers.has(name.toLowerCase())
  }

  removeHeader(name: string): void {
    this.#headers.delete(name.toLowerCase())
  }

  getHeaders(): Record<string, HeaderValue> {
    return Object.fromEntries([...this.#headers].map(([name, [, value]]) => [name, value]))
  }

  getHeaderNames(): string[] {
    return [...this.#headers.keys()]
  }

  flushHeaders(): void {}

  setNoDelay(): void {}

  setSocketKeepAlive(): void {}

  setTimeout(timeoutMs: number, onTimeout?: () => void): this {
    clearTimeout(this.#timer)
    if (onTimeout) this.once('timeout', onTimeout)
    if (timeoutMs > 0) this.#timer = setTimeout(() => this.emit('timeout'), timeoutMs)
    return this
  }

  abort(): void {
    if (this.destroyed) return
    this.emit('abort')
    this.destroy()
  }

  override _write(chunk: Uint8Array | string, encoding: BufferEncoding, done: () => void): void {
    this.#body.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
    done()
  }

  override _final(done: () => void): void {
    void this.#send()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer)
    this.#ending.abort()
    const hungUp = this.res === undefined && !error
    done(hungUp ? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }) : error)
  }

  async #send(): Promise<void> {
    try {
      const headers = [...this.#headers.values()].flatMap(([name, value]) =>
        OF_THE_CONNECTION.has(name.toLowerCase())
          ? []
          : [value].flat().map((text): [string, string] => [name, String(text)]),
      )
      const body = Buffer.concat(this.#body)
      const response = await fetch(this.#url, {
        method: this.method,
        headers,
        redirect: 'manual',
        signal: this.#ending.signal,
        ...(body.byteLength > 0 ? { body } : {}),
      })
      const content = new Uint8Array(await response.arrayBuffer())
      if (this.destroyed) return
      clearTimeout(this.#timer)
      this.res = new IncomingMessage(this.#url.href, this.socket, response, content)
      this.res.once('end', () => this.destroy())
      // As there: a response that nobody takes is thrown away.
      if (!this.emit('response', this.res)) this.res.resume()
    } catch (error) {
      this.destroy(asError(error))
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const headerEntries = (headers: RequestOptions['headers']): (readonly [string, HeaderValue])[] => {
  if (!headers) return []
  if (isFlatList(headers))
    return headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ''] as const] : []))
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

const isFlatList = (headers: NonNullable<RequestOptions['headers']>): headers is readonly string[] =>
  Array.isArray(headers)
