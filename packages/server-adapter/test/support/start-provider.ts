import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { deferred } from '../../src/runtime/deferred'

/** The address by which apps know the service; the broker's stand-in leads to this machine. */
export const SERVICE_HOST = 'northwind.shops.example'

export interface ProviderOptions {
  readonly redirectUri: string
  /** Seconds. */
  readonly accessTokenTtl?: number
}

/** A real OAuth server, with one client, whose person says yes to everything. Refresh tokens turn, and a turned one that comes back ends all. */
export const startProvider = async ({ redirectUri, accessTokenTtl = 3600 }: ProviderOptions) => {
  const tokenRequests: string[] = []
  let says = 'yes'
  let tokensHeld: Promise<void> | undefined
  const provider = new Provider(`https://${SERVICE_HOST}`, {
    clients: [
      {
        client_id: 'souk-client',
        client_secret: 'client-secret-1234567890',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    scopes: ['orders:read', 'offline_access'],
    features: { devInteractions: { enabled: false }, revocation: { enabled: true }, introspection: { enabled: true } },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: { AccessToken: accessTokenTtl, RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 600 },
    findAccount: async (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    interactions: { url: (_context, interaction) => `/say/${interaction.uid}` },
    cookies: { keys: ['a-key-for-tests-only'] },
  })
  provider.proxy = true
  const handle = provider.callback()
  const server = createServer(async (request, response) => {
    request.headers['x-forwarded-proto'] = 'https'
    if (request.url?.startsWith('/say/')) {
      const { uid, prompt, params, grantId } = await provider.interactionDetails(request, response)
      if (says === 'no') {
        await provider.interactionFinished(request, response, { error: 'access_denied' })
        return
      }
      if (prompt.name === 'login') {
        await provider.interactionFinished(request, response, { login: { accountId: 'shop-owner' } })
        return
      }
      const grant = grantId
        ? await provider.Grant.find(grantId)
        : new provider.Grant({ accountId: 'shop-owner', clientId: String(params.client_id) })
      if (!grant) throw new Error(`no grant in ${uid}`)
      grant.addOIDCScope(String(params.scope))
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
      return
    }
    if (request.url === '/token') {
      tokenRequests.push(String(request.headers.authorization))
      await tokensHeld
      // Who asked is gone, and with them the request.
      if (response.destroyed) return
    }
    handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an address with a port.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** What a browser would do at the service, until it is sent back: the last address. */
  const visit = async (authorizationUrl: string): Promise<URL> => {
    const cookies = new Map<string, string>()
    let url = new URL(authorizationUrl)
    for (let hop = 0; hop < 20; hop++) {
      if (url.href.startsWith(redirectUri)) return url
      const local = new URL(`${url.pathname}${url.search}`, origin)
      const response = await fetch(local, {
        redirect: 'manual',
        headers: {
          host: SERVICE_HOST,
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        },
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';')
        const at = pair.indexOf('=')
        cookies.set(pair.slice(0, at), pair.slice(at + 1))
      }
      const location = response.headers.get('location')
      if (!location)
        throw new Error(`The service stopped at ${url.pathname}: ${response.status} ${await response.text()}`)
      url = new URL(location, url)
    }
    throw new Error('The service sends in circles.')
  }

  return {
    origin,
    provider,
    visit,
    tokenRequests,
    say: (answer: 'yes' | 'no') => {
      says = answer
    },
    /** Lets requests for tokens wait, unread, until the function that is given is called. */
    holdTokens(): () => void {
      const { promise, resolve } = deferred<void>()
      tokensHeld = promise
      return resolve
    },
    /** Whether the service still takes the token. */
    isActive: async (token: string): Promise<boolean> => (await provider.AccessToken.find(token))?.isValid ?? false,
    hasRefreshTokens: async (token: string): Promise<boolean> =>
      (await provider.RefreshToken.find(token))?.isValid ?? false,
    stop: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}
