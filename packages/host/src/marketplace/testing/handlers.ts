import type { Problem } from '@souk/extension-sdk/protocol'
import { delay, HttpResponse, http } from 'msw'
import {
  admin,
  apps,
  connections,
  developerAccounts,
  deviceLogin,
  events,
  firstConnection,
  installation,
  member,
  orderLookup,
  organizationSettings,
  userSettings,
  versions,
} from './fixtures'

const API = '/api/souk'

/** Answers a path of the API, for a story. */
export const answer = (path: string, body: object) => http.get(`${API}${path}`, () => HttpResponse.json(body))

/** Never answers: what is seen while something loads. */
export const hang = (path: string) => http.get(`${API}${path}`, () => delay('infinite'))

/** Cannot be reached: what is seen without a network. */
export const unreachable = (path: string, method: 'get' | 'post' = 'get') =>
  http[method](`${API}${path}`, () => HttpResponse.error())

/** Refuses as the server does, with a coded problem. */
export const refuse = (
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  problem: Pick<Problem, 'code' | 'status' | 'detail'> & Partial<Problem>,
) =>
  http[method](`${API}${path}`, () =>
    HttpResponse.json(
      { type: 'about:blank', title: problem.code, message: problem.detail, traceId: 'req_7f3a91', ...problem },
      { status: problem.status, headers: { 'content-type': 'application/problem+json' } },
    ),
  )

/** Fails, as a server does whose database is away. */
export const fail = (path: string) =>
  refuse('get', path, {
    code: 'STORAGE_UNAVAILABLE',
    status: 503,
    detail: 'The database did not answer. Try again in a moment.',
  })

/** A server with a few apps, of which one is installed, asked by an admin. A story puts its own answers in front. */
export const handlers = [
  answer('/me', admin),
  answer('/extensions', { items: [] }),
  http.get(`${API}/catalog/apps`, ({ request }) => {
    const { searchParams } = new URL(request.url)
    const words = (searchParams.get('search') ?? '').toLowerCase()
    const category = searchParams.get('category')
    const tag = searchParams.get('tag')
    const sort = searchParams.get('sort')
    const items = apps.filter(
      (app) =>
        `${app.title} ${app.description}`.toLowerCase().includes(words) &&
        (!category || app.category === category) &&
        (!tag || app.tags.includes(tag)),
    )
    if (sort === 'installs') items.sort((a, b) => b.installCount - a.installCount)
    return HttpResponse.json({ items, nextCursor: null })
  }),
  http.get(`${API}/catalog/apps/:slug`, ({ params }) =>
    HttpResponse.json(apps.find((app) => app.slug === params.slug) ?? orderLookup),
  ),
  answer('/catalog/apps/:slug/versions', { items: versions, nextCursor: null }),
  answer('/installations', { items: [installation], nextCursor: null }),
  answer('/installations/:id', installation),
  answer('/installations/:id/events', { items: events, nextCursor: null }),
  answer('/installations/:id/settings/organization', organizationSettings),
  answer('/installations/:id/settings/user', userSettings),
  answer('/installations/:id/connections', connections),
  http.post(`${API}/installations/:id/connections`, () =>
    HttpResponse.json({ connection: firstConnection, authorizationUrl: null }),
  ),
  http.delete(`${API}/installations/:id/connections/:connectionId`, () => HttpResponse.json(firstConnection)),
  answer('/developer/accounts', { items: developerAccounts, nextCursor: null }),
  http.post(`${API}/developer/device-logins/:step`, ({ params }) =>
    HttpResponse.json({
      ...deviceLogin,
      status: params.step === 'approve' ? 'approved' : params.step === 'deny' ? 'denied' : 'pending',
    }),
  ),
  http.post(`${API}/installations`, () =>
    HttpResponse.json({ ...installation, needsConfiguration: true }, { status: 201 }),
  ),
  http.post(`${API}/installations/:id/:move`, () => HttpResponse.json(installation)),
  http.put(`${API}/installations/:id/settings/organization`, () => HttpResponse.json(organizationSettings)),
  http.put(`${API}/installations/:id/settings/user`, () => HttpResponse.json(userSettings)),
]

export const asMember = answer('/me', member)
