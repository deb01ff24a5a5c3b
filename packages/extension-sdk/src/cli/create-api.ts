import { SdkError } from '../sdk-error'
import { problemToError } from './problem'

export interface ApiOptions {
  readonly url?: string | undefined
}

export interface ApiRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH'
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as JavaScript. */
  readonly script?: Uint8Array<ArrayBuffer>
}

export interface ApiAnswer {
  readonly status: number
  /** Unknown until a parser returned it. */
  readonly body: unknown
}

/** The marketplace's HTTP API, as the developer whose key it is. */
export interface Api {
  readonly url: string
  /** Answers 2xx and 404; everything else is thrown as an `SdkError` with the server's code. */
  ask(path: string, request?: ApiRequest): Promise<ApiAnswer>
  /** As `ask`, but 404 is thrown, too. */
  send(path: string, request?: ApiRequest): Promise<ApiAnswer>
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

  const ask: Api['ask'] = async (path, { method = 'GET', body, script } = {}) => {
    const request = `${method} ${url}${path}`
    const type = script ? 'text/javascript' : body === undefined ? undefined : 'application/json'
    const response = await fetch(`${url}${path}`, {
      method,
      // A key must not follow a redirect to another place.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(type ? { 'content-type': type } : {}),
      },
      ...(script ? { body: script } : body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    }).catch((cause: unknown) => {
      throw new SdkError('API_UNREACHABLE', `${request} got no answer. Check the URL and that the server runs.`, {
        cause,
      })
    })
    const text = await response.text()
    const answer = { status: response.status, body: parseJson(text) }
    if (!response.ok && response.status !== 404) throw problemToError(answer.status, answer.body, request)
    return answer
  }

  return {
    url,
    ask,
    async send(path, request) {
      const answer = await ask(path, request)
      if (answer.status === 404) throw problemToError(404, answer.body, `${request?.method ?? 'GET'} ${url}${path}`)
      return answer
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
