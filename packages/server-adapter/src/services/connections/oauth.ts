import { fillTemplate, isRecord, isString, type OAuth2ConnectionDefinition } from '@souk/extension-sdk/protocol'
import {
  type AuthorizationServer,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  calculatePKCECodeChallenge,
  customFetch,
  generateRandomCodeVerifier,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  revocationRequest,
  skipStateCheck,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { SoukError } from '../../souk-error'
import type { Credential } from './credential'

/** Sends one request to an outside service, over a connection to a checked public address. */
export type OutboundFetch = (url: string, init: OutboundInit) => Promise<Response>

export interface OutboundInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** A definition with its variables filled in, and the client that was registered for it. */
export interface OAuthService {
  readonly definition: OAuth2ConnectionDefinition
  readonly variables: Readonly<Record<string, string>>
  readonly clientId: string
  readonly clientSecret: string | null
  readonly redirectUri: string
}

/** What came of a code or a refresh token. */
export interface Tokens {
  readonly credential: Credential
  /** null: the service did not say. */
  readonly expiresInSeconds: number | null
}

/** How long a service may take to answer. */
const TIMEOUT_MS = 15_000

export interface Authorization {
  readonly url: string
  readonly state: string
  readonly codeVerifier: string
}

/** The address a person goes to, with a state and a verifier that are used once. */
export const startAuthorization = async (service: OAuthService): Promise<Authorization> => {
  const { definition, variables } = service
  const [state, codeVerifier] = [generateRandomState(), generateRandomCodeVerifier()]
  const url = new URL(fillTemplate(definition.authorizationUrl, variables))
  const parameters = {
    ...definition.parameters,
    response_type: 'code',
    client_id: service.clientId,
    redirect_uri: service.redirectUri,
    ...(definition.scopes.length > 0 ? { scope: definition.scopes.join(' ') } : {}),
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url: url.href, state, codeVerifier }
}

/**
 * Exchanges what a person brought back.
 *
 * @throws {SoukError} `CONNECTION_REFUSED` when the person or the service said no.
 */
export const finishAuthorization = (
  service: OAuthService,
  answer: URLSearchParams,
  codeVerifier: string,
  fetch: OutboundFetch,
): Promise<Tokens> =>
  explain(async () => {
    const { server, client, authentication, options } = contact(service, fetch)
    const parameters = new URLSearchParams(answer)
    // Without an issuer in the definition there is nothing to compare it with.
    if (service.definition.issuer === undefined) parameters.delete('iss')
    // The state was taken from the storage by its hash.
    const valid = validateAuthResponse(server, client, parameters, skipStateCheck)
    const { redirectUri } = service
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      valid,
      redirectUri,
      codeVerifier,
      options(),
    )
    return toTokens(await processAuthorizationCodeResponse(server, client, response), undefined)
  })

/** @throws {SoukError} `CONNECTION_EXPIRED` when the service takes the refresh token no more; `EGRESS_FAILED`, `EGRESS_LIMIT`. */
export const refreshTokens = async (
  service: OAuthService,
  refreshToken: string,
  fetch: OutboundFetch,
): Promise<Tokens> => {
  const { server, client, authentication, options } = contact(service, fetch)
  try {
    const response = await refreshTokenGrantRequest(server, client, authentication, refreshToken, options())
    return toTokens(await processRefreshTokenResponse(server, client, response), refreshToken)
  } catch (error) {
    if (error instanceof ResponseBodyError && ENDED.has(error.error))
      throw new SoukError('CONNECTION_EXPIRED', 'The service takes the connection no more. Connect it again.')
    throw error
  }
}

/** Errors after which no later try succeeds. */
const ENDED: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_client', 'unauthorized_client', 'invalid_scope'])

/** Tells the service that the tokens are no longer needed; best effort. */
export const revokeTokens = async (
  service: OAuthService,
  { refreshToken, accessToken }: Credential,
  fetch: OutboundFetch,
): Promise<void> => {
  const { server, client, authentication, options } = contact(service, fetch)
  const token = refreshToken ?? accessToken
  if (server.revocation_endpoint === undefined || token === undefined) return
  await revocationRequest(server, client, authentication, token, options())
}

const contact = (
  { definition, variables, clientId, clientSecret }: OAuthService,
  fetch: OutboundFetch,
): {
  readonly server: AuthorizationServer
  readonly client: Client
  readonly authentication: ClientAuth
  readonly options: () => { readonly [customFetch]: typeof globalThis.fetch; readonly signal: AbortSignal }
} => {
  const tokenUrl = fillTemplate(definition.tokenUrl, variables)
  const { revocationUrl, issuer } = definition
  return {
    server: {
      issuer: issuer === undefined ? new URL(tokenUrl).origin : fillTemplate(issuer, variables),
      token_endpoint: tokenUrl,
      ...(revocationUrl === undefined ? {} : { revocation_endpoint: fillTemplate(revocationUrl, variables) }),
    },
    client: { client_id: clientId },
    authentication:
      clientSecret === null || definition.clientAuthentication === 'none'
        ? None()
        : definition.clientAuthentication === 'post'
          ? ClientSecretPost(clientSecret)
          : ClientSecretBasic(clientSecret),
    options: () => ({ [customFetch]: tokenFetch(fetch), signal: AbortSignal.timeout(TIMEOUT_MS) }),
  }
}

/** `fetch` as the library calls it, whose answers are brought into the form of the standard. */
const tokenFetch =
  (fetch: OutboundFetch): typeof globalThis.fetch =>
  async (url, init = {}) => {
    const response = await fetch(String(url), {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(init.body === undefined || init.body === null ? {} : { body: String(init.body) }),
      ...(init.signal ? { signal: init.signal } : {}),
    })
    return normalizeTokenResponse(response)
  }

/**
 * Services that people use leave out `token_type`, send `expires_in` as text, or answer errors with status 200. An ID token is left out:
 * nobody is signed in here.
 */
const normalizeTokenResponse = async (response: Response): Promise<Response> => {
  const text = await response.text()
  const { status } = response
  const body = parseJson(text)
  if (!isRecord(body)) return new Response(text === '' ? null : text, { status, headers: response.headers })
  const { id_token: _, expires_in: expiresIn, ...rest } = body
  const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn
  const isError = isString(body.error)
  return new Response(
    JSON.stringify({
      ...rest,
      ...(isString(body.access_token) && body.token_type === undefined ? { token_type: 'bearer' } : {}),
      ...(typeof seconds === 'number' && Number.isFinite(seconds) ? { expires_in: seconds } : {}),
    }),
    { status: isError && status < 400 ? 400 : status, headers: { 'content-type': 'application/json' } },
  )
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const toTokens = (response: TokenEndpointResponse, refreshToken: string | undefined): Tokens => {
  // A service that does not turn refresh tokens sends none.
  const next = response.refresh_token ?? refreshToken
  return {
    credential: { accessToken: response.access_token, ...(next === undefined ? {} : { refreshToken: next }) },
    expiresInSeconds: response.expires_in ?? null,
  }
}

/** What a service says is in its own words and may quote what it was sent; only its code leaves. */
const explain = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SoukError) throw error
    const code = isRecord(error) || error instanceof Error ? Reflect.get(error, 'error') : undefined
    const reason = isString(code) && /^[a-z_]{1,60}$/.test(code) ? ` (${code})` : ''
    throw new SoukError(
      'CONNECTION_REFUSED',
      `The service did not let the app connect${reason}. Try again; if it stays, tell the developer of the app.`,
      { cause: error },
    )
  }
}
