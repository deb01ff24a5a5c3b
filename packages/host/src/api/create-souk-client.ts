import type {
  ActiveExtension,
  CatalogApp,
  FunctionCallResponse,
  Installation,
  InstallationEvent,
  MeResponse,
  Page,
  PublishCheck,
  SettingsResponse,
} from '@souk/extension-sdk/protocol'
import { isErrorCode, isRecord, isRefusal, parseWireError } from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'
import * as shapes from './response-shapes'
import type { Shape } from './shape'
import type { Consent, SoukClient } from './souk-client'

export interface SoukClientOptions {
  /** Where `createSouk` is mounted, such as `/api/souk`. */
  readonly baseUrl: string
  /** Default: the page's own `fetch`. */
  readonly fetch?: typeof fetch
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly body?: unknown
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly signal?: AbortSignal | undefined
}

/** A client of the HTTP API that sends the product's own session cookie and trusts no answer before it has its shape. */
export const createSoukClient = ({ baseUrl, fetch: fetchOption }: SoukClientOptions): SoukClient => {
  const base = baseUrl.replace(/\/+$/, '')
  const listeners = new Set<() => void>()

  const call = async <T>(path: string, shape: Shape, { method = 'GET', body, query, signal }: Call = {}) => {
    const search = new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])),
    ).toString()
    // Looked up at the call, so that a page that wraps fetch later, or a test, is respected.
    const request = fetchOption ?? globalThis.fetch
    const response = await request(`${base}${path}${search ? `?${search}` : ''}`, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((cause: unknown) => {
      throw signal?.aborted
        ? new HostError('ABORTED', 'The request was given up before its answer came.', { cause })
        : new HostError('NETWORK_FAILED', 'The server could not be reached. Check the connection and try again.', {
            cause,
          })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw toHostError(response.status, answer)
    const problem = shape(answer, 'the answer')
    if (problem)
      throw new HostError(
        'INVALID_RESPONSE',
        `The server answered ${method} ${path} with something unexpected: ${problem}. ` +
          'Check that baseUrl leads to createSouk and that both are of one version.',
      )
    // The shape has just been checked; T is the type that it describes.
    return answer as T
  }

  const change = async <T>(path: string, shape: Shape, options: Call): Promise<T> => {
    const result = await call<T>(path, shape, options)
    for (const listener of [...listeners]) listener()
    return result
  }

  const installationPath = (id: string) => `/installations/${encodeURIComponent(id)}`
  const changeInstallation = (id: string, verb: string, body: Consent | Record<string, never>) =>
    change<Installation>(`${installationPath(id)}/${verb}`, shapes.installation, { method: 'POST', body })
  const items = async <T>(path: string, item: Shape): Promise<readonly T[]> =>
    (await call<{ items: readonly T[] }>(path, shapes.itemsOf(item))).items

  return {
    me: () => call<MeResponse>('/me', shapes.me),
    catalog: (query = {}) =>
      call<Page<CatalogApp>>('/catalog/apps', shapes.pageOf(shapes.catalogApp), { query: { ...query } }),
    catalogApp: (slug) => call<CatalogApp>(`/catalog/apps/${encodeURIComponent(slug)}`, shapes.catalogApp),
    extensions: () => items<ActiveExtension>('/extensions', shapes.activeExtension),
    installations: () => items<Installation>('/installations', shapes.installation),
    installation: (id) => call<Installation>(installationPath(id), shapes.installation),
    install: (input) => change<Installation>('/installations', shapes.installation, { method: 'POST', body: input }),
    upgrade: (id, input) => changeInstallation(id, 'upgrade', input),
    rollback: (id) => changeInstallation(id, 'rollback', {}),
    uninstall: (id) => changeInstallation(id, 'uninstall', {}),
    events: (id) => items<InstallationEvent>(`${installationPath(id)}/events`, shapes.installationEvent),
    settings: (id, scope) =>
      call<SettingsResponse>(`${installationPath(id)}/settings/${scope}`, shapes.settingsResponse),
    saveSettings: (id, scope, values) =>
      change<SettingsResponse>(`${installationPath(id)}/settings/${scope}`, shapes.settingsResponse, {
        method: 'PUT',
        body: { values },
      }),
    callFunction: (id, body, signal) =>
      call<FunctionCallResponse>(`${installationPath(id)}/functions`, shapes.functionCallResponse, {
        method: 'POST',
        body,
        signal,
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const CODE_OF_STATUS = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  429: 'RATE_LIMITED',
} as const

const isKnownStatus = (status: number): status is keyof typeof CODE_OF_STATUS => Object.hasOwn(CODE_OF_STATUS, status)

const toHostError = (status: number, answer: unknown): HostError => {
  // RFC 9457 calls the sentence `detail`.
  const problem = parseWireError(isRecord(answer) ? { ...answer, message: answer.message ?? answer.detail } : answer)
  if (isRefusal(problem))
    return new HostError(
      isKnownStatus(status) ? CODE_OF_STATUS[status] : 'INTERNAL',
      `The server refused the request with status ${status} and gave no reason. Try again, or look in its logs.`,
    )
  const { code, message, ...details } = problem
  const checks = isRecord(answer) ? answer.checks : undefined
  return new HostError(isErrorCode(code) ? code : 'INTERNAL', message, {
    ...details,
    ...(shapes.itemsOf(shapes.publishCheck)({ items: checks }, 'problem') === undefined
      ? { checks: checks as readonly PublishCheck[] }
      : {}),
  })
}
