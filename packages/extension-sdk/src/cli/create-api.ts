import { type Address, type ApiOperation, addressOf, type PathParams } from '../protocol/api-operations'
import { checkShape } from '../protocol/api-shape'
import { SdkError } from '../sdk-error'
import { readCredentials } from './credentials'
import { problemToError } from './problem'

export interface ApiOptions {
  readonly url?: string | undefined
}

export interface ApiRequest<Params, Body, Query> {
  readonly params?: Params
  /** Bytes are sent as JavaScript, everything else as JSON. */
  readonly body?: Body
  readonly query?: Query
  /** Ends the request. */
  readonly signal?: AbortSignal
}

export interface ApiAnswer<T> {
  readonly status: number
  readonly body: T
}

/** The marketplace's HTTP API, as the developer whose key it is. */
export interface Api {
  readonly url: string
  /** What the server answered, once it has the shape of the operation; undefined for 404. Everything else is thrown with the server's code. */
  find<Path extends string, Answer, Body, Query extends object>(
    operation: ApiOperation<Path, Answer, Body, Query>,
    request?: ApiRequest<PathParams<Path>, Body, Query>,
  ): Promise<ApiAnswer<Answer> | undefined>
  /** As `find`, but 404 is thrown, too. */
  send<Path extends string, Answer, Body, Query extends object>(
    operation: ApiOperation<Path, Answer, Body, Query>,
    request?: ApiRequest<PathParams<Path>, Body, Query>,
  ): Promise<ApiAnswer<Answer>>
}

/** @throws {SdkError} `CLI_USAGE` when it is missing or not an address. */
export const readUrl = (url: string | undefined): string => {
  if (!url)
    throw new SdkError(
      'CLI_USAGE',
      'The marketplace is not known. Set SOUK_URL to the base URL of its API, such as https://example.com/api/souk, or pass --url; souk login remembers it.',
    )
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new SdkError('CLI_USAGE', `${url} is not the URL of an API. Pass one such as https://example.com/api/souk.`)
  return url.replace(/\/+$/, '')
}

/** A client with the key of `SOUK_API_KEY`, or else that of `souk login`. The marketplace is `--url`, `SOUK_URL`, or the last login's. */
export const createApi = async (options: ApiOptions, env: NodeJS.ProcessEnv = process.env): Promise<Api> => {
  const named = options.url ?? env.SOUK_URL
  // What stands in the environment needs no file.
  if (env.SOUK_API_KEY && named) return createClient(readUrl(named), env.SOUK_API_KEY)
  const { current, marketplaces } = await readCredentials(env)
  const url = readUrl(named ?? current ?? undefined)
  const key = env.SOUK_API_KEY ?? marketplaces[url]?.key
  if (!key)
    throw new SdkError(
      'UNAUTHENTICATED',
      `There is no API key for ${url}. Run souk login --url ${url}; without a browser, set SOUK_API_KEY to a key of your developer account.`,
    )
  return createClient(url, key)
}

/** A client for what is asked before there is a key: forms, as OAuth has them. */
export const createOAuthApi = (url: string): Api => createClient(url, undefined)

const createClient = (url: string, key: string | undefined): Api => {
  const ask = async (
    operation: ApiOperation,
    { body, signal, ...address }: ApiRequest<Address['params'], unknown, object>,
  ) => {
    const { method } = operation
    const place = `${url}${addressOf(operation, address)}`
    const request = `${method} ${place}`
    const sent = toBody(body, key === undefined)
    const response = await fetch(place, {
      method,
      // A key must not follow a redirect to another place.
      redirect: 'error',
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        accept: 'application/json',
        ...(sent ? { 'content-type': sent.type } : {}),
      },
      ...(sent ? { body: sent.content } : {}),
      signal: AbortSignal.any([AbortSignal.timeout(60_000), ...(signal ? [signal] : [])]),
    }).catch((cause: unknown) => {
      throw new SdkError('API_UNREACHABLE', `${request} got no answer. Check the URL and that the server runs.`, {
        cause,
      })
    })
    const answer = parseJson(await response.text())
    const refused = response.ok ? undefined : problemToError(response.status, answer, request)
    if (refused && response.status !== 404) throw refused
    const problem = refused ? undefined : checkShape(operation.answer, answer, 'the answer')
    if (problem)
      throw new SdkError(
        'API_RESPONSE_INVALID',
        `${request} was answered with something unexpected: ${problem}. ` +
          'The server may run a newer version of Souk: update @souk/extension-sdk.',
      )
    return { refused, status: response.status, body: answer }
  }

  return {
    url,
    async find(operation, request = {}) {
      const { refused, status, body } = await ask(operation, request)
      // The shape that its type is inferred from has just been checked.
      return refused ? undefined : { status, body: body as never }
    },
    async send(operation, request = {}) {
      const { refused, status, body } = await ask(operation, request)
      if (refused) throw refused
      // As above.
      return { status, body: body as never }
    },
  }
}

const toBody = (body: unknown, form: boolean): { readonly type: string; readonly content: BodyInit } | undefined => {
  if (body === undefined) return undefined
  // A Uint8Array of the file system is never over a SharedArrayBuffer.
  if (body instanceof Uint8Array) return { type: 'text/javascript', content: body as Uint8Array<ArrayBuffer> }
  if (!form) return { type: 'application/json', content: JSON.stringify(body) }
  const fields = Object.entries(body ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return { type: 'application/x-www-form-urlencoded', content: new URLSearchParams(fields).toString() }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
