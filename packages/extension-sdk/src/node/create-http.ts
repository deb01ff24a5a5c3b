import { EventEmitter } from 'node:events'
import { ClientRequest, type IncomingMessage, type RequestOptions } from './client-request'

type OnResponse = (response: IncomingMessage) => void

/** Keeps what clients put into it. The broker has the connections. */
export class Agent extends EventEmitter {
  readonly requests = {}
  readonly sockets = {}
  readonly freeSockets = {}
  maxSockets = Number.POSITIVE_INFINITY
  maxFreeSockets = 256

  constructor(readonly options: Readonly<Record<string, unknown>> = {}) {
    super()
  }

  destroy(): void {}
}

export const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']

const fromUrl = (url: URL): RequestOptions => ({
  protocol: url.protocol,
  hostname: url.hostname,
  port: url.port,
  path: `${url.pathname}${url.search}`,
  ...(url.username || url.password
    ? { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` }
    : {}),
})

/** The functions that `node:http` and `node:https` have in common, over `fetch`. Servers are none of a server function's business. */
export const createHttp = (protocol: 'http:' | 'https:') => {
  const request = (
    target: string | URL | RequestOptions,
    second?: RequestOptions | OnResponse,
    third?: OnResponse,
  ): ClientRequest => {
    const onResponse = typeof second === 'function' ? second : third
    const options = typeof second === 'function' ? undefined : second
    const base =
      typeof target === 'string' ? fromUrl(new URL(target)) : target instanceof URL ? fromUrl(target) : target
    return new ClientRequest({ ...base, ...options }, protocol, onResponse)
  }
  const get: typeof request = (...args) => {
    const sent = request(...args)
    sent.end()
    return sent
  }
  const createServer = (): never => {
    throw new Error('A server function cannot listen. Declare a function, and have it called.')
  }
  return { request, get, createServer, globalAgent: new Agent() }
}
