import { type Address, type ApiOperation, addressOf, type PathParams } from '../protocol/api-operations'
import { checkShape } from '../protocol/api-shape'
import { SdkError } from '../sdk-error'
import { problemToError } from './problem'

export interface ApiOptions {
  readonly url?: string | undefined
}

export interface ApiRequest<Params, Body, Query> {
  readonly params?: Params
  /** Bytes are sent as JavaScript, everything else as JSON. */
  readonly body?: Body
  readonly query?: Query
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

const readUrl = (url: string | undefined): string => {
  if (!url)
    throw new SdkError(
      'CLI_USAGE',
      'The marketplace is not known. Set SOUK_URL to the base URL of its API, such as https://example.com/api/souk, or pass --url.',
    )
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new SdkError('CLI_USAGE', `${url} is not the URL of an API. Pass one such as https://example.com/api/souk.`)
  return url.replace(/\/+$/, '')
}

/** Reads `SOUK_URL` and `SOUK_API_KEY` and gives a client for the API. */
export const createApi = (options: ApiOptions, env: NodeJS.ProcessEnv = process.env): Api => {
  const url = readUrl(options.url ?? env.SOUK_URL)
  const key = env.SOUK_API_KEY
  if (!key)
    throw new SdkError(
      'UNAUTHENTICATED',
      'There is no API key. Create one for your developer account and set SOUK_API_KEY to it.',
    )

  const ask = async (operation: ApiOperation, { body, ...address }: ApiRequest<Address['params'], unknown, object>) => {
    const { method } = operation
    const place = `${url}${addressOf(operation, address)}`
    const request = `${method} ${place}`
    const script = body instanceof Uint8Array
    const type = script ? 'text/javascript' : body === undefined ? undefined : 'application/json'
    const response = await fetch(place, {
      method,
      // A key must not follow a redirect to another place.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(type ? { 'content-type': type } : {}),
      },
      // A Uint8Array of the file system is never over a SharedArrayBuffer.
      ...(body === undefined ? {} : { body: script ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
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

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
