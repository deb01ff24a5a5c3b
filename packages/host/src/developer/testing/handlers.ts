import { HttpResponse, http } from 'msw'
import { admin, developerAccounts } from '../../marketplace/testing/fixtures'
import { answer } from '../../marketplace/testing/handlers'
import {
  app,
  approved,
  calls,
  deployments,
  draftApp,
  invitations,
  keys,
  members,
  published,
  review,
  rollout,
} from './fixtures'

const API = '/api/souk'
const page = (items: readonly object[]) => ({ items, nextCursor: null })

/** A server with one developer account, asked by its owner, who also reviews. A story puts its own answers in front. */
export const handlers = [
  answer('/me', { ...admin, reviewer: true }),
  answer('/extensions', { items: [] }),
  answer('/developer/accounts', page(developerAccounts)),
  answer('/developer/accounts/:id/members', page(members)),
  http.patch(`${API}/developer/accounts/:id/members/:userId`, () => HttpResponse.json(members[2])),
  http.delete(`${API}/developer/accounts/:id/members/:userId`, () => HttpResponse.json(members[2])),
  answer('/developer/accounts/:id/invitations', page(invitations)),
  http.post(`${API}/developer/accounts/:id/invitations`, () =>
    HttpResponse.json({ ...invitations[0], token: 'souk_inv_5pXq0cV9bn' }, { status: 201 }),
  ),
  http.delete(`${API}/developer/accounts/:id/invitations/:invitationId`, () => HttpResponse.json(invitations[0])),
  http.post(`${API}/developer/invitations/:step`, ({ params }) =>
    HttpResponse.json({
      account: developerAccounts[0],
      role: 'member',
      invitedBy: 'ada',
      status: params.step === 'read' ? 'pending' : 'accepted',
      expiresAt: '2026-03-08T10:00:00.000Z',
    }),
  ),
  answer('/developer/accounts/:id/api-keys', page(keys)),
  answer('/developer/keys', page(keys)),
  http.post(`${API}/developer/accounts/:id/api-keys`, () =>
    HttpResponse.json({ id: 'key-3', name: 'Build', key: 'souk_k_9fQ2mTz7', expiresAt: null }, { status: 201 }),
  ),
  http.delete(`${API}/developer/accounts/:id/api-keys/:keyId`, () => HttpResponse.json(keys[0])),
  answer('/developer/apps', page([app, draftApp])),
  http.post(`${API}/developer/apps`, () => HttpResponse.json(draftApp, { status: 201 })),
  http.get(`${API}/developer/apps/:slug`, ({ params }) =>
    HttpResponse.json(params.slug === draftApp.slug ? draftApp : app),
  ),
  http.patch(`${API}/developer/apps/:slug`, () => HttpResponse.json(app)),
  answer('/developer/apps/:slug/deployments', page(deployments)),
  answer('/developer/apps/:slug/logs', { items: calls, cursor: 'c1' }),
  http.get(`${API}/developer/deployments/:id`, ({ params }) =>
    HttpResponse.json(deployments.find(({ id }) => id === params.id) ?? approved),
  ),
  answer('/developer/deployments/:id/rollout', rollout),
  http.post(`${API}/developer/deployments/:id/:step`, () => HttpResponse.json(published)),
  http.post(`${API}/developer/deployments/:id/rollout/halt`, () => HttpResponse.json(published)),
  answer('/review/deployments', page([{ deployment: review.deployment, app, checks: review.checks }])),
  answer('/review/deployments/:id', review),
  http.post(`${API}/review/deployments/:id/:step`, () => HttpResponse.json(review.deployment)),
  http.patch(`${API}/review/apps/:slug`, () => HttpResponse.json(app)),
]
