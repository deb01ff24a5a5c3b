import type { CallbackResult } from '../services/connections/create-connection-service'

/** Where outside services send people back to, below the base path. */
export const CALLBACK_PATH = '/connections/callback'

const PAGE = (text: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${text}</title><p>${text}</p></html>`

/**
 * Back to the product, with `souk_connection` or `souk_connection_error` in the query; or a page that says that the window may be closed.
 * What the service sent is in neither.
 */
export const callbackResponse = ({ returnTo, connection, error }: CallbackResult, traceId: string): Response => {
  if (returnTo !== null) {
    // A path: it was checked when the person left.
    const target = new URL(returnTo, 'https://souk.invalid')
    if (connection) target.searchParams.set('souk_connection', connection.id)
    if (error) {
      target.searchParams.set('souk_connection_error', error.code)
      target.searchParams.set('souk_reference', traceId)
    }
    return new Response(null, {
      status: 303,
      headers: { location: `${target.pathname}${target.search}${target.hash}` },
    })
  }
  return new Response(
    PAGE(error ? `That did not work: ${error.code}, reference ${traceId}.` : 'Connected. You can close this window.'),
    { status: error ? 422 : 200, headers: { 'content-type': 'text/html; charset=utf-8' } },
  )
}
