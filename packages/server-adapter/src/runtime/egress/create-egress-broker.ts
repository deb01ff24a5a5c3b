import { SoukError } from '../../souk-error'
import type { EgressPolicy } from '../function-runtime'
import { matchRule } from './match-rule'
import { type HeaderPair, requestHeaders } from './request-headers'
import { type Resolve, resolvePublic, resolveWithSystem } from './resolve-public'
import { type IncomingResponse, type SendRequest, sendRequest } from './send-request'

export interface EgressOptions {
  /**
   * Stand-ins for development and tests: a request to the exact host goes to this address instead, as in
   * `{ 'api.example.com': 'http://127.0.0.1:4402' }`. Read at each request, so it may be filled in later. The host must still
   * be one the app may reach. It is the only way to a loopback address.
   */
  readonly developmentHosts?: Readonly<Record<string, string>>
  /** Also allows `http:` URLs. For development. Default false. */
  readonly allowHttp?: boolean
  /** Told of each request when it ended, with neither bodies nor headers. */
  readonly onRequest?: (entry: EgressLogEntry) => void
  /** How names become addresses. Default: the operating system's resolver. The addresses are checked either way. */
  readonly resolve?: Resolve
}

export interface EgressLogEntry {
  readonly installationId: string
  readonly traceId: string
  readonly method: string
  readonly host: string
  /** Absent when no response came. */
  readonly status?: number
  /** The error code, when it failed. */
  readonly code?: string
  readonly requestBytes: number
  readonly responseBytes: number
  readonly durationMs: number
}

export interface EgressLimits {
  readonly requestBytes: number
  readonly responseBytes: number
  readonly requestMs: number
  readonly redirects: number
}

export interface EgressRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array | null
  readonly redirect: 'follow' | 'manual' | 'error'
}

export interface EgressResponse extends IncomingResponse {
  readonly url: string
  readonly redirected: boolean
}

/** Whose request it is. */
export interface EgressCaller {
  readonly installationId: string
  readonly traceId: string
  readonly policy: EgressPolicy
  /** Ends the request with the call that made it. */
  readonly signal: AbortSignal
}

/** The only way out of a server function. */
export interface EgressBroker {
  /** @throws {SoukError} with a code that starts with `EGRESS_`. */
  request(request: EgressRequest, caller: EgressCaller): Promise<EgressResponse>
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Response headers that concern the connection, or would hand a session to app code. */
const HIDDEN: ReadonlySet<string> = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'proxy-authenticate',
  'set-cookie',
  'set-cookie2',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Makes the broker that stands between server functions and the network.
 *
 * @param send How a request leaves; replaced in tests only.
 */
export const createEgressBroker = (
  options: EgressOptions,
  limits: EgressLimits,
  send: SendRequest = sendRequest,
): EgressBroker => {
  const standIn = (url: URL): URL | undefined => {
    const hosts = options.developmentHosts ?? {}
    const base = Object.hasOwn(hosts, url.host) ? hosts[url.host] : undefined
    if (base === undefined) return undefined
    const target = new URL(base)
    // Not new URL(path, base): a path that starts with two slashes would name another host.
    target.pathname = url.pathname
    target.search = url.search
    return target
  }

  const sendHop = async (hop: Hop, caller: EgressCaller, signal: AbortSignal): Promise<IncomingResponse> => {
    const { url, method, body } = hop
    const rule = matchRule(url, caller.policy.rules, options.allowHttp === true)
    const headers = requestHeaders(hop.headers, {
      rule,
      credentials: caller.policy.credentials,
      trusted: hop.trusted,
      hasBody: body !== null,
    })
    const target = standIn(url)
    const addresses = target ? [] : await resolvePublic(url.hostname, options.resolve ?? resolveWithSystem)
    signal.throwIfAborted()
    return send({
      url,
      target: target ?? url,
      addresses,
      method,
      headers,
      body,
      signal,
      maxResponseBytes: limits.responseBytes,
    })
  }

  const follow = async (request: EgressRequest, first: URL, caller: EgressCaller, signal: AbortSignal) => {
    let hop: Hop = { ...request, url: first, trusted: true }
    for (let count = 0; ; count++) {
      const response = await sendHop(hop, caller, signal)
      const location = response.headers.find(([name]) => name === 'location')?.[1]
      if (!REDIRECTS.has(response.status) || location === undefined || request.redirect === 'manual')
        return { response, url: hop.url, redirected: count > 0 }
      if (request.redirect === 'error')
        throw new SoukError('EGRESS_FAILED', `${hop.url.host} answered with a redirect, which the request refuses.`)
      if (count >= limits.redirects)
        throw new SoukError('EGRESS_LIMIT', `${first.host} redirected more than ${limits.redirects} times.`)
      hop = nextHop(hop, response.status, location)
    }
  }

  return {
    async request(request, caller) {
      const startedAt = performance.now()
      const entry: { -readonly [K in keyof EgressLogEntry]: EgressLogEntry[K] } = {
        installationId: caller.installationId,
        traceId: caller.traceId,
        method: request.method.slice(0, 20),
        host: '',
        requestBytes: request.body?.byteLength ?? 0,
        responseBytes: 0,
        durationMs: 0,
      }
      // Held here rather than made by AbortSignal.timeout(), whose timer could not be ended with the request.
      const ending = new AbortController()
      const timer = setTimeout(
        () =>
          ending.abort(new SoukError('EGRESS_LIMIT', `${entry.host} did not answer within ${limits.requestMs} ms.`)),
        limits.requestMs,
      )
      const signal = AbortSignal.any([caller.signal, ending.signal])
      try {
        const url = parseRequest(request, limits)
        entry.host = url.host
        const { observe = (_about, send) => send() } = caller.policy
        const send = async () => {
          const { response, ...rest } = await follow(request, url, caller, signal).catch((error: unknown) => {
            throw toEgressError(error, signal, entry.host)
          })
          return { ...rest, response, status: response.status }
        }
        const { response, url: lastUrl, redirected } = await observe({ method: entry.method, host: url.host }, send)
        entry.status = response.status
        entry.responseBytes = response.body.byteLength
        return {
          ...response,
          headers: response.headers.filter(([name]) => !HIDDEN.has(name)),
          url: lastUrl.href,
          redirected,
        }
      } catch (error) {
        const known = toEgressError(error, signal, entry.host)
        entry.code = known.code
        throw known
      } finally {
        clearTimeout(timer)
        entry.durationMs = performance.now() - startedAt
        options.onRequest?.(entry)
      }
    },
  }
}

interface Hop {
  readonly url: URL
  /** Whether every hop so far stayed on the origin that the server function named. Once lost it never comes back. */
  readonly trusted: boolean
  readonly method: string
  readonly headers: readonly HeaderPair[]
  readonly body: Uint8Array | null
}

const parseRequest = (request: EgressRequest, limits: EgressLimits): URL => {
  if (!URL.canParse(request.url))
    throw new SoukError('EGRESS_DENIED', 'The request has no valid URL. Pass an absolute https: URL.')
  if (!METHODS.has(request.method))
    throw new SoukError('EGRESS_DENIED', `The method is not one of ${[...METHODS].join(', ')}.`)
  if (request.body && request.body.byteLength > limits.requestBytes)
    throw new SoukError(
      'EGRESS_LIMIT',
      `The request body is larger than ${limits.requestBytes} bytes. Send less at a time.`,
    )
  return new URL(request.url)
}

const nextHop = (hop: Hop, status: number, location: string): Hop => {
  if (!URL.canParse(location, hop.url))
    throw new SoukError('EGRESS_FAILED', `${hop.url.host} redirected to something that is not a URL.`)
  const url = new URL(location, hop.url)
  // As browsers do: 303 always becomes GET, 301 and 302 only where it was POST.
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST'
  const trusted = hop.trusted && url.origin === hop.url.origin
  return { ...hop, url, trusted, ...(becomesGet ? { method: 'GET', body: null } : {}) }
}

const toEgressError = (error: unknown, signal: AbortSignal, host: string): SoukError => {
  if (signal.aborted && signal.reason instanceof SoukError) return signal.reason
  if (signal.aborted) return new SoukError('EGRESS_FAILED', 'The request ended with the call that made it.')
  if (error instanceof SoukError) return error
  // The cause may quote a header; only its code leaves.
  const reason = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  return new SoukError('EGRESS_FAILED', `${host} could not be reached${reason}. Try again later.`, { cause: error })
}
