import assert from 'node:assert/strict'
import { ask, type Received, type Sending } from './http-client'
import type { HttpMount, Mount, MountOptions } from './http-mount'

export const BASE_PATH = '/api/souk'

export interface HttpCaseContext {
  /** Mounts a handler and gives what asks it. Everything it opened is closed after the case. */
  serve(
    fetch: (request: Request) => Promise<Response>,
    options?: Partial<MountOptions> & { readonly basePath?: string },
  ): Promise<Served>
  /** Fails when the promise takes longer than the suite's patience. */
  soon<T>(promise: Promise<T>, what: string): Promise<T>
}

export interface Served {
  readonly mount: HttpMount
  /** Where it listens. Only for cases over a socket. */
  readonly origin: string
  ask(sending: Sending): Promise<Received>
}

/** One behaviour that every adapter has, told by a sentence. */
export type HttpCases = Readonly<Record<string, (context: HttpCaseContext) => Promise<void>>>

/** Runs one case over what an adapter mounts. */
export const runHttpCase = async (
  run: (context: HttpCaseContext) => Promise<void>,
  mountServer: Mount,
  patienceMs: number,
): Promise<void> => {
  const mounts: HttpMount[] = []
  const soon = async <T>(promise: Promise<T>, what: string): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new assert.AssertionError({ message: `${what} did not happen` })), patienceMs)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }
  try {
    await run({
      soon,
      async serve(fetch, { basePath = BASE_PATH, trustProxy = false, parser = false } = {}) {
        const mount = await mountServer({ basePath, fetch }, { trustProxy, parser })
        mounts.push(mount)
        return {
          mount,
          origin: mount.origin ?? '',
          ask: (sending) => soon(ask(mount, sending), `an answer to ${sending.method ?? 'GET'} ${sending.path}`),
        }
      },
    })
  } finally {
    for (const mount of mounts) await mount.close()
  }
}

/** Checks that a text is JSON of an object that has these fields, among others. */
export const hasFields = (text: string, expected: Readonly<Record<string, unknown>>): void => {
  const value: unknown = JSON.parse(text)
  assert.ok(typeof value === 'object' && value !== null, `${text} is not an object`)
  const fields = new Map(Object.entries(value))
  for (const [key, one] of Object.entries(expected)) assert.deepEqual(fields.get(key), one, key)
}
