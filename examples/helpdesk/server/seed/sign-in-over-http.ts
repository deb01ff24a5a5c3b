import type { z } from 'zod'
import { SESSION_COOKIE } from '../create-app'

/** Someone who uses the product over HTTP, with the cookie a browser would hold. */
export interface HttpPerson {
  get<S extends z.ZodType>(path: string, schema: S, options?: { readonly missing?: z.infer<S> }): Promise<z.infer<S>>
  post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.infer<S>>
  put(path: string, body: unknown): Promise<void>
  delete(path: string): Promise<void>
  signOut(): Promise<void>
}

export const signInOverHttp = async (url: string, personId: string): Promise<HttpPerson> => {
  const send = (path: string, method: string, body?: unknown, cookie?: string) =>
    fetch(`${url}${path}`, {
      method,
      headers: {
        // A browser says where a write comes from; a program says that it is one.
        'x-requested-with': 'helpdesk-seed',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const response = await send('/api/sign-in', 'POST', { personId })
  const cookie = response.headers.getSetCookie().find((header) => header.startsWith(`${SESSION_COOKIE}=`))
  const session = cookie?.split(';')[0]
  if (!response.ok || !session) throw new Error(`${personId} could not sign in: ${response.status}.`)

  const call = async (path: string, method: string, body?: unknown) => {
    const answer = await send(path, method, body, session)
    if (answer.ok || (method === 'GET' && answer.status === 404)) return answer
    throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
  }

  return {
    async get(path, schema, options) {
      const answer = await call(path, 'GET')
      if (answer.ok) return schema.parse(await answer.json())
      if (options?.missing !== undefined) return options.missing
      throw new Error(`GET ${path} answered 404.`)
    },
    post: async (path, body, schema) => schema.parse(await (await call(path, 'POST', body)).json()),
    put: async (path, body) => void (await call(path, 'PUT', body)),
    delete: async (path) => void (await call(path, 'DELETE', {})),
    signOut: async () => void (await call('/api/sign-out', 'POST', {})),
  }
}
