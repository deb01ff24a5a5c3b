import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from './create-app'
import type { Database, Query } from './database'
import { seedHelpdesk } from './seed/seed-helpdesk'
import { createSessions } from './sessions'
import { createTickets } from './tickets'

let pglite: PGlite
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  pglite = await PGlite.create()
  const runOn =
    (target: Pick<PGlite, 'query'>): Query =>
    async (text, values) =>
      (await target.query(text, [...(values ?? [])])).rows
  const database: Pick<Database, 'query' | 'transaction'> = {
    query: runOn(pglite),
    // The transaction has the same `query` as the database it is on.
    transaction: (work) => pglite.transaction((tx) => work(runOn(tx as unknown as PGlite))),
  }
  await seedHelpdesk(database)
  app = createApp({
    sessions: createSessions(database.query),
    tickets: createTickets(database),
    souk: { fetch: async () => Response.json({ souk: true }) },
    clientDir: '/nowhere',
    frameSource: 'http://*.localhost:4401',
  })
})

afterAll(() => pglite?.close())

const call = async (path: string, { method = 'GET', body, ...headers }: Record<string, unknown> = {}) => {
  const response = await app.request(path, {
    method: String(method),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(headers as object) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { response, status: response.status, body: await response.json().catch(() => undefined) }
}

const signIn = async (personId: string) => {
  const { response } = await call('/api/sign-in', { method: 'POST', body: { personId } })
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] }
}

test.each(['/api/tickets', '/api/tickets/T-2048', '/api/customers', '/api/teammates', '/api/anything'])(
  '%s answers nobody who is not signed in',
  async (path) => {
    expect((await call(path)).status).toBe(401)
    expect((await call(path, { cookie: `fernhill_session=${'A'.repeat(43)}` })).status).toBe(401)
    expect((await call(path, { cookie: "fernhill_session=' or 1=1 --" })).status).toBe(401)
  },
)

test('the session cookie cannot be read by scripts and is not sent by other sites', async () => {
  const { response } = await call('/api/sign-in', { method: 'POST', body: { personId: 'ada' } })
  expect(response.headers.get('set-cookie')).toMatch(/^fernhill_session=[\w-]{43};.*HttpOnly.*SameSite=Lax/)
})

test('a ticket of another organization is not there: not to read, change or answer', async () => {
  const grace = await signIn('grace')
  const reply = { method: 'POST', body: { body: 'Hello' }, ...grace }
  expect((await call('/api/tickets/T-2048', grace)).status).toBe(404)
  expect((await call('/api/tickets/T-2048', { method: 'PATCH', body: { status: 'solved' }, ...grace })).status).toBe(
    404,
  )
  expect((await call('/api/tickets/T-2048/replies', reply)).status).toBe(404)
  const { body } = await call('/api/tickets', grace)
  expect(body.items.every(({ id }: { id: string }) => id.startsWith('T-3'))).toBe(true)
})

test('a ticket cannot be given to a person of another organization', async () => {
  const ada = await signIn('ada')
  const give = (assigneeId: string | null) =>
    call('/api/tickets/T-2039', { method: 'PATCH', body: { assigneeId }, ...ada })
  expect((await give('gus')).status).toBe(404)
  expect((await give('max')).body.assignee).toEqual({ id: 'max', name: 'Max Oduya' })
  expect((await give(null)).body.assignee).toBeNull()
})

test('a reply is stored and waits for the customer; a note changes no status', async () => {
  const max = await signIn('max')
  const say = (body: string, isNote: boolean) =>
    call('/api/tickets/T-2047/replies', { method: 'POST', body: { body, isNote }, ...max })
  expect((await say('Ask the carrier.', true)).body.status).toBe('open')
  const { body } = await say('It is on its way.', false)
  expect(body.status).toBe('pending')
  expect(body.messages.at(-1)).toMatchObject({ authorName: 'Max Oduya', body: 'It is on its way.', isNote: false })
})

test.each([
  ['an unknown field', { status: 'open', organizationId: 'globex' }],
  ['an unknown status', { status: 'deleted' }],
  ['no object', 'solved'],
])('a change with %s is refused', async (_, body) => {
  expect((await call('/api/tickets/T-2048', { method: 'PATCH', body, ...(await signIn('ada')) })).status).toBe(400)
})

test.each(['cross-site', 'same-site'])('a change that comes from a %s page is refused', async (site) => {
  const ada = await signIn('ada')
  const change = { method: 'PATCH', body: { status: 'solved' }, 'sec-fetch-site': site, ...ada }
  expect((await call('/api/tickets/T-2048', change)).status).toBe(403)
})

test('a change that a form could send is refused', async () => {
  const ada = await signIn('ada')
  const change = { method: 'PATCH', body: { status: 'solved' }, 'content-type': 'text/plain', ...ada }
  expect((await call('/api/tickets/T-2048', change)).status).toBe(415)
})

test('signing out ends the session', async () => {
  const ada = await signIn('ada')
  await call('/api/sign-out', { method: 'POST', body: {}, ...ada })
  expect((await call('/api/tickets', ada)).status).toBe(401)
  expect((await call('/api/me', ada)).body).toBeNull()
})

test.each(['/../server/main.ts', '/%2e%2e/package.json', '/assets/../../package.json', '/%00.js', '/%ff.js'])(
  'no path leads out of the client folder: %s',
  async (path) => {
    expect([404, 503]).toContain((await call(path)).status)
  },
)
