import { createEgressBroker, type EgressOptions } from './runtime/egress/create-egress-broker'
import type { OutboundFetch } from './services/connections/oauth'
import { SoukError } from './souk-error'

const LIMITS = { requestBytes: 64 * 1024, responseBytes: 1024 * 1024, requestMs: 15_000, redirects: 0 }

/** `fetch` for what the server itself asks outside services: over the broker of server functions, so to checked public addresses only. */
export const createOutboundFetch = (options: EgressOptions): OutboundFetch => {
  const broker = createEgressBroker(options, LIMITS)
  return async (url, { method, headers, body, signal }) => {
    if (!URL.canParse(url)) throw new SoukError('EGRESS_DENIED', 'The address of the service is not a URL.')
    const response = await broker.request(
      {
        url,
        method,
        headers: Object.entries(headers),
        body: body === undefined ? null : Buffer.from(body),
        redirect: 'manual',
      },
      {
        installationId: '',
        traceId: '',
        policy: { rules: [{ host: new URL(url).host, purpose: 'The service of a connection.' }], credentials: {} },
        signal: signal ?? new AbortController().signal,
      },
    )
    return new Response(response.status === 204 || response.body.byteLength === 0 ? null : Buffer.from(response.body), {
      status: response.status,
      headers: response.headers.map(([name, value]): [string, string] => [name, value]),
    })
  }
}
