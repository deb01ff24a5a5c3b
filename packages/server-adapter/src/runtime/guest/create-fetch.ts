import type { GuestMessage, HostMessage } from '../guest-messages'
import { GUEST_BOUNDS } from '../guest-messages'
import type { CallStorage, RunningCall } from './running-call'

interface PendingRequest {
  readonly resolve: (response: Response) => void
  readonly reject: (reason: unknown) => void
}

export interface FetchOptions {
  readonly calls: CallStorage
  readonly send: (message: GuestMessage, body?: Uint8Array) => void
  readonly requestBytes: () => number
}

const NULL_BODY: ReadonlySet<number> = new Set([204, 205, 304])

// As the platform's own fetch does, a TypeError; with a code of ours for those who want to tell.
const failure = (code: string, message: string): TypeError => Object.assign(new TypeError(message), { code })

/** Makes a `fetch` whose requests the host sends, and what settles them when the host answers. */
export const createFetch = ({ calls, send, requestBytes }: FetchOptions) => {
  const pending = new Map<number, PendingRequest>()
  let lastId = 0

  const checkSize = (
    request: Request,
    headers: readonly (readonly [string, string])[],
    body: Uint8Array | undefined,
  ) => {
    const headersLength = headers.reduce((total, [name, value]) => total + name.length + value.length, 0)
    if (request.url.length > GUEST_BOUNDS.urlLength) throw failure('EGRESS_LIMIT', 'The URL is too long.')
    if (headers.length > GUEST_BOUNDS.headers || headersLength > GUEST_BOUNDS.headersLength)
      throw failure('EGRESS_LIMIT', 'The request has too many headers.')
    if (body && body.byteLength > requestBytes())
      throw failure('EGRESS_LIMIT', `The request body is larger than ${requestBytes()} bytes. Send less at a time.`)
  }

  const transmit = (call: RunningCall, request: Request, body: Uint8Array | undefined): Promise<Response> => {
    const headers = [...request.headers]
    checkSize(request, headers, body)
    const signal = AbortSignal.any([request.signal, call.ending.signal])
    signal.throwIfAborted()
    const id = ++lastId
    return new Promise<Response>((resolve, reject) => {
      const onAbort = () => {
        send({ type: 'cancel-request', id })
        settle(() => reject(signal.reason))
      }
      const settle = (how: () => void) => {
        pending.delete(id)
        signal.removeEventListener('abort', onAbort)
        how()
      }
      pending.set(id, {
        resolve: (response) => settle(() => resolve(response)),
        reject: (reason) => settle(() => reject(reason)),
      })
      signal.addEventListener('abort', onAbort)
      const { url, method, redirect } = request
      send({ type: 'request', id, call: call.id, url, method, headers, hasBody: body !== undefined, redirect }, body)
    })
  }

  return {
    fetch: async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const call = calls.current()
      if (!call?.context) throw failure('EGRESS_DENIED', 'fetch works inside of a server function only, while it runs.')
      const request = new Request(input, init)
      const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined
      return transmit(call, request, body)
    },
    answer(message: Extract<HostMessage, { type: 'response' }>, body: Uint8Array): void {
      const { status, statusText, url, redirected } = message
      const waiting = pending.get(message.id)
      if (!waiting) return
      try {
        const headers = message.headers.map(([name, value]): [string, string] => [name, value])
        // The body is a view of a buffer of our own, never a shared one.
        const bytes = body as Uint8Array<ArrayBuffer>
        const response = new Response(NULL_BODY.has(status) ? null : bytes, { status, statusText, headers })
        Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } })
        waiting.resolve(response)
      } catch {
        waiting.reject(failure('EGRESS_FAILED', 'The outside service answered with something that is not a response.'))
      }
    },
    fail: ({ id, code, message }: Extract<HostMessage, { type: 'request-failed' }>): void =>
      pending.get(id)?.reject(failure(code, message)),
  }
}
