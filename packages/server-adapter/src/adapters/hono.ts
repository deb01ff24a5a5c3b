import { type AdapterOptions, consumedBody, type FetchServer, translateRequest } from './fetch-server'

export type { AdapterOptions } from './fetch-server'

/** What it uses of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request; arrayBuffer(): Promise<ArrayBuffer> }
}

/**
 * Makes a handler for Hono: `app.all('/api/souk/*', toHonoHandler(souk))`. Not with `app.mount`, which takes the path off.
 */
export const toHonoHandler =
  (server: FetchServer, options: AdapterOptions = {}) =>
  async ({ req }: HonoContext): Promise<Response> => {
    // Hono keeps what its own methods read; a body that was read past them is gone.
    const again = req.raw.bodyUsed ? await req.arrayBuffer().catch(consumedBody) : undefined
    return server.fetch(translateRequest(req.raw, options, again))
  }
