import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import { type Person, SESSION_SECONDS, type Sessions } from './sessions'
import { replySchema, type Tickets, ticketChangeSchema } from './tickets'

export const SESSION_COOKIE = 'fernhill_session'

export interface AppOptions {
  readonly sessions: Sessions
  readonly tickets: Tickets
  /** Souk, for everything under `/api/souk`. */
  readonly souk: { fetch(request: Request): Promise<Response> }
  /** The built client. */
  readonly clientDir: string
  /** Where extension frames may come from, as a CSP source. */
  readonly frameSource: string
}

type Env = { Variables: { person: Person } }

/** What `vite build` wrote where a nonce goes. */
const NONCE_PLACEHOLDER = 'FERNHILL-CSP-NONCE'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
  map: 'application/json',
}

/** The product's HTTP side: its own API, Souk beside it, and the client. */
export const createApp = ({ sessions, tickets, souk, clientDir, frameSource }: AppOptions) => {
  const app = new Hono<Env>()
  const contentSecurityPolicy = (nonce: string) =>
    [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' https: data:",
      "font-src 'self'",
      "connect-src 'self'",
      `frame-src ${frameSource}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; ')

  app.all('/api/souk/*', (c) => souk.fetch(c.req.raw))

  app.use('/api/*', async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const site = c.req.header('sec-fetch-site')
      if (site === 'cross-site' || site === 'same-site')
        throw new HTTPException(403, { message: 'This request came from another site.' })
      // A form on another page cannot send this type.
      if (!c.req.header('content-type')?.startsWith('application/json'))
        throw new HTTPException(415, { message: 'Send application/json.' })
    }
    await next()
    c.header('cache-control', 'no-store')
  })

  app.get('/api/people', async (c) => c.json({ items: await sessions.people() }))

  // `null` is the answer before somebody signed in: an everyday case, not an error.
  app.get('/api/me', async (c) => c.json((await findPerson(sessions, c.req.raw)) ?? null))

  app.post('/api/sign-in', async (c) => {
    const { personId } = await parseBody(c, z.object({ personId: z.string().min(1).max(100) }))
    const sessionId = await sessions.signIn(personId)
    if (sessionId === undefined) throw new HTTPException(404, { message: 'There is no such person.' })
    const previous = getCookie(c, SESSION_COOKIE)
    if (previous) await sessions.signOut(previous)
    setCookie(c, SESSION_COOKIE, sessionId, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: SESSION_SECONDS })
    return c.json(await sessions.find(sessionId))
  })

  app.post('/api/sign-out', async (c) => {
    const sessionId = getCookie(c, SESSION_COOKIE)
    if (sessionId) await sessions.signOut(sessionId)
    deleteCookie(c, SESSION_COOKIE, { path: '/' })
    return c.json({})
  })

  app.use('/api/*', async (c, next) => {
    const person = await findPerson(sessions, c.req.raw)
    if (!person) throw new HTTPException(401, { message: 'Nobody is signed in.' })
    c.set('person', person)
    return next()
  })

  app.get('/api/teammates', async (c) => {
    const { organization } = c.var.person
    const people = await sessions.people()
    return c.json({ items: people.filter((person) => person.organization.id === organization.id) })
  })

  app.get('/api/tickets', async (c) => c.json({ items: await tickets.list(c.var.person.organization.id) }))

  const sendTicket = async (c: Context<Env>, ticketId: string) => {
    const ticket = await tickets.find(c.var.person.organization.id, ticketId)
    if (!ticket) throw new HTTPException(404, { message: 'There is no such ticket.' })
    return c.json(ticket)
  }

  app.get('/api/tickets/:id', (c) => sendTicket(c, c.req.param('id')))

  app.patch('/api/tickets/:id', async (c) => {
    const change = await parseBody(c, ticketChangeSchema)
    const changed = await tickets.change(c.var.person.organization.id, c.req.param('id'), change)
    if (!changed) throw new HTTPException(404, { message: 'There is no such ticket or person.' })
    return sendTicket(c, c.req.param('id'))
  })

  app.post('/api/tickets/:id/replies', async (c) => {
    const reply = await parseBody(c, replySchema)
    const { organization, name } = c.var.person
    const sent = await tickets.reply(organization.id, c.req.param('id'), name, reply)
    if (!sent) throw new HTTPException(404, { message: 'There is no such ticket.' })
    return sendTicket(c, c.req.param('id'))
  })

  app.get('/api/customers', async (c) => c.json({ items: await tickets.customers(c.var.person.organization.id) }))

  app.all('/api/*', () => {
    throw new HTTPException(404, { message: 'There is nothing at this address.' })
  })

  app.get('*', async (c) => {
    const asset = await readAsset(clientDir, c.req.path)
    if (asset) return c.body(asset.bytes, 200, { ...assetHeaders(asset.immutable), 'content-type': asset.mediaType })
    if (c.req.path.startsWith('/assets/')) throw new HTTPException(404, { message: 'There is no such file.' })
    const page = await readFile(join(clientDir, 'index.html'), 'utf8').catch(() => undefined)
    if (page === undefined) throw new HTTPException(503, { message: 'The client is not built. Run npm start.' })
    const nonce = randomBytes(16).toString('base64url')
    return c.html(page.replaceAll(NONCE_PLACEHOLDER, nonce), 200, {
      ...assetHeaders(false),
      'content-security-policy': contentSecurityPolicy(nonce),
      // The window in which an account is connected is closed again from here.
      'cross-origin-opener-policy': 'same-origin-allow-popups',
    })
  })

  app.onError((error, c) => {
    if (error instanceof HTTPException) return c.json({ message: error.message }, error.status)
    console.error(error)
    return c.json({ message: 'Something failed on our side. Try again in a moment.' }, 500)
  })

  return app
}

/** Whose session cookie the request carries. */
export const findPerson = async (sessions: Sessions, request: Request): Promise<Person | undefined> => {
  const cookies = request.headers.get('cookie') ?? ''
  const sessionId = cookies.match(new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`))?.[1]
  return sessionId === undefined ? undefined : sessions.find(sessionId)
}

const parseBody = async <S extends z.ZodType>(c: Context, schema: S): Promise<z.infer<S>> => {
  const body: unknown = await c.req.json().catch(() => undefined)
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new HTTPException(400, { message: parsed.error.issues[0]?.message ?? 'The request could not be read.' })
}

const assetHeaders = (immutable: boolean) => ({
  'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
})

const readAsset = async (clientDir: string, path: string) => {
  const relative = normalize(decodePath(path))
  const extension = relative.match(/\.([a-z0-9]+)$/)?.[1] ?? ''
  const mediaType = MEDIA_TYPES[extension]
  // normalize() leaves no `..` inside an absolute path, so the file is under the client folder.
  if (mediaType === undefined || !relative.startsWith('/') || relative.includes('\0')) return undefined
  const bytes = await readFile(join(clientDir, relative)).catch(() => undefined)
  return bytes && { bytes: new Uint8Array(bytes), mediaType, immutable: relative.startsWith('/assets/') }
}

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}
