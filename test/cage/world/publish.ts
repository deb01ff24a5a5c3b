import { createHash } from 'node:crypto'

export interface PublishedApp {
  readonly appId: string
  readonly deploymentId: string
}

export interface NewApp {
  readonly slug: string
  readonly client: string
  readonly server?: string
  readonly functions?: readonly { readonly id: string; readonly callable: boolean }[]
  readonly settings?: object
}

type Fetch = (request: Request) => Promise<Response>

/** Speaks to the API as a person of the test. */
export const createApiClient = (fetch: Fetch, baseUrl: string) => {
  const send = async (person: string | null, line: string, body: unknown, headers: Record<string, string> = {}) => {
    const [method = 'GET', path = ''] = line.split(' ')
    const isText = typeof body === 'string'
    const response = await fetch(
      new Request(`${baseUrl}${path}`, {
        method,
        headers: {
          ...(person ? { cookie: `session=${person}` } : {}),
          'x-requested-with': 'attack-suite',
          'content-type': isText ? 'text/javascript' : 'application/json',
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    if (!response.ok) throw new Error(`${line} answered ${response.status}: ${text.slice(0, 500)}`)
    return JSON.parse(text || '{}')
  }
  return send
}

type Send = ReturnType<typeof createApiClient>

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Publishes apps the way a developer does: upload, submit, review, publish. */
export const createPublisher = async (send: Send) => {
  const account = await send('developer', 'POST /developer/accounts', { slug: 'mallory', title: 'Mallory' })
  const { key } = await send('developer', `POST /developer/accounts/${account.id}/api-keys`, { name: 'cli' })
  const auth = { authorization: `Bearer ${key}` }

  return async ({ slug, client, server, functions = [], settings = {} }: NewApp): Promise<PublishedApp> => {
    const app = await send(
      null,
      'POST /developer/apps',
      {
        developerAccountId: account.id,
        slug,
        title: slug,
        description:
          'Says that it shows the orders of a customer beside the ticket, with their state, and then tries something else instead.',
        category: 'Commerce',
        overview: 'A malicious extension.',
      },
      auth,
    )
    const upload = async (type: 'client' | 'server', source: string) => {
      await send(null, `PUT /developer/apps/${slug}/bundles/${type}/${sha256(source)}`, source, auth)
      return sha256(source)
    }
    const deployment = await send(
      null,
      `POST /developer/apps/${slug}/deployments`,
      {
        manifest: {
          manifestVersion: 1,
          id: slug,
          version: '1.0.0',
          protocolVersion: 1,
          scopes: [],
          egress: { server: [] },
          surfaces: [{ kind: 'record.widgets', id: 'hostile', label: slug, recordTypes: [slug] }],
          settings: { organization: settings, user: {} },
          functions,
        },
        clientSha256: await upload('client', client),
        serverSha256: server === undefined ? null : await upload('server', server),
        deploymentType: 'production',
      },
      auth,
    )
    const step = (person: string | null, path: string, headers = {}) => send(person, `POST ${path}`, {}, headers)
    await step(null, `/developer/deployments/${deployment.id}/submit`, auth)
    await step('reviewer', `/review/deployments/${deployment.id}/start`)
    await step('reviewer', `/review/deployments/${deployment.id}/approve`)
    await step(null, `/developer/deployments/${deployment.id}/publish`, auth)
    return { appId: app.id, deploymentId: deployment.id }
  }
}
