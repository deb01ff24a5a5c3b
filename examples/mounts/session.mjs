import { randomUUID } from 'node:crypto'

/** The product's own sessions. Yours are elsewhere; Souk asks `authenticate` and keeps no users. */
// On globalThis, because a bundler may load this module once for each route.
globalThis.productSessions ??= new Map()
const sessions = globalThis.productSessions

/** @returns The value of a `set-cookie` header. */
export const signIn = (userId) => {
  const id = randomUUID()
  sessions.set(id, { userId, organizationId: 'acme', role: 'admin' })
  return `session=${id}; HttpOnly; SameSite=Lax; Path=/`
}

export const readSession = (cookies) => sessions.get(cookies?.match(/(?:^|; )session=([0-9a-f-]{36})/)?.[1]) ?? null
