import type { ConnectionDefinition, Manifest } from '@souk/extension-sdk/protocol'
import type { CreateSoukOptions } from '../../src/index'
import type { Storage } from '../../src/storage'
import { createManifest, createWorld, ORIGIN, type Person, SECRET } from './create-world'
import { SERVICE_HOST, startProvider } from './start-provider'

export const REDIRECT_URI = `${ORIGIN}/api/souk/connections/callback`

export const SHOP: ConnectionDefinition = {
  id: 'shop',
  type: 'oauth2-code',
  label: 'Shop',
  scope: 'organization',
  variables: [{ name: 'shop', label: 'Your shop' }],
  authorizationUrl: 'https://{shop}.shops.example/auth',
  tokenUrl: 'https://{shop}.shops.example/token',
  revocationUrl: 'https://{shop}.shops.example/token/revocation',
  issuer: 'https://{shop}.shops.example',
  scopes: ['offline_access', 'orders:read'],
  parameters: { prompt: 'consent' },
  attach: [{ host: '{shop}.shops.example', header: 'Authorization', format: 'Bearer {value}' }],
}

export const POST_OFFICE: ConnectionDefinition = {
  id: 'post-office',
  type: 'secret',
  label: 'Post office',
  scope: 'user',
  multiple: true,
  fields: [
    { name: 'account', label: 'Account number', secret: false },
    { name: 'key', label: 'Key' },
  ],
  attach: [{ host: 'api.post.example', header: 'Authorization', format: '{account}:{key}', encoding: 'basic' }],
  reveal: true,
  test: 'src/connections/post-office.connection.ts#test',
}

export const PLAIN: ConnectionDefinition = { id: 'plain', type: 'none', label: 'Public data', scope: 'organization' }

export const connectedManifest = (version: string, changes: Partial<Manifest> = {}): Manifest => {
  const base = createManifest(version)
  return {
    ...base,
    egress: {
      server: [
        ...base.egress.server,
        { host: '*.shops.example', purpose: 'Reads orders.' },
        { host: 'api.post.example', purpose: 'Prints labels.' },
      ],
    },
    functions: [
      ...base.functions,
      { id: 'src/connections/post-office.connection.ts#test', callable: false },
      { id: 'src/events/connection-added.event.ts#default', callable: false },
      { id: 'src/events/connection-removed.event.ts#default', callable: false },
    ],
    connections: [SHOP, POST_OFFICE, PLAIN],
    events: [
      { type: 'connection.added', function: 'src/events/connection-added.event.ts#default' },
      { type: 'connection.removed', function: 'src/events/connection-removed.event.ts#default' },
    ],
    ...changes,
  }
}

/** What an admin grants to install it. */
export const connectedConsent = {
  grantedScopes: ['tickets:read'],
  grantedEgress: ['orders.northwind.example', '*.shops.example', 'api.post.example'],
}

export interface ConnectedWorldOptions {
  readonly storage?: Storage
  readonly accessTokenTtl?: number
  readonly manifest?: (version: string) => Manifest
  /** What else `createSouk` gets. */
  readonly options?: Partial<CreateSoukOptions>
}

/** A product with an app that connects accounts, beside a real OAuth server. */
export const createConnectedWorld = async ({
  storage,
  accessTokenTtl,
  manifest = connectedManifest,
  options = {},
}: ConnectedWorldOptions = {}) => {
  const service = await startProvider({
    redirectUri: REDIRECT_URI,
    ...(accessTokenTtl === undefined ? {} : { accessTokenTtl }),
  })
  const world = createWorld({
    ...(storage ? { storage } : {}),
    options: { connections: { egress: { developmentHosts: { [SERVICE_HOST]: service.origin } } }, ...options },
  })
  const { key, app } = await world.openAccount()
  const deployment = await world.publish(key, manifest('1.0.0'))
  const installAt = async (who: Person) => {
    const installation = await world.must(201, who, 'POST /installations', {
      body: { appId: deployment.appId, deploymentId: deployment.id, channel: 'pinned', ...connectedConsent },
    })
    await world.configure(who, installation.id, { apiUrl: 'https://orders.northwind.example', apiKey: SECRET })
    return installation as { readonly id: string }
  }
  const installation = await installAt('ada')
  await world.must(200, null, 'PUT /developer/apps/order-lookup/oauth-clients/shop', {
    body: { clientId: 'souk-client', clientSecret: 'client-secret-1234567890' },
    key,
  })

  const connections = `/installations/${installation.id}/connections`
  const begin = (who: Person, body: object = {}) =>
    world.send(who, `POST ${connections}`, {
      body: { definitionId: 'shop', variables: { shop: 'northwind' }, returnTo: '/apps?tab=1', ...body },
    })
  const comeBack = (who: Person | null, url: URL) => world.send(who, `GET /connections/callback${url.search}`)

  /** From the button to the product again. @returns The id of the connection. */
  const connectShop = async (who: Person = 'ada', body: object = {}): Promise<string> => {
    const { authorizationUrl } = (await begin(who, body)).body
    const answer = await comeBack(who, await service.visit(authorizationUrl))
    const location = new URL(answer.headers.get('location') ?? '', ORIGIN)
    const id = location.searchParams.get('souk_connection')
    if (answer.status !== 303 || !id) throw new Error(`The callback answered ${answer.status} ${location.href}`)
    return id
  }

  return { ...world, service, key, app, deployment, installAt, installation, connections, begin, comeBack, connectShop }
}
