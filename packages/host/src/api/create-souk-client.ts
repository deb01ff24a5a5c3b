import {
  type ApiOperation,
  addressOf,
  approveDeviceLogin,
  callFunction,
  callFunctionWithFiles,
  checkShape,
  connect,
  denyDeviceLogin,
  disconnect,
  type FunctionCallResponse,
  getCatalogApp,
  getInstallation,
  getMe,
  install,
  isErrorCode,
  isRecord,
  isRefusal,
  listCatalogVersions,
  listConnections,
  listDeveloperAccounts,
  listExtensions,
  listInstallationEvents,
  listInstallations,
  listShape,
  moveToChannel,
  type PathParams,
  type PublishCheck,
  parseWireError,
  publishCheckShape,
  readDeviceLogin,
  readSettings,
  rollbackInstallation,
  saveSettings,
  searchCatalog,
  testConnection,
  uninstall,
  upgradeInstallation,
} from '@souk/extension-sdk/protocol'
import { HostError } from '../host-error'
import type { GrantedFile } from '../surfaces/file-grants'
import { createFunctionParts, type FunctionParts } from './create-function-parts'
import type { ApiCall, FunctionCall, SoukClient } from './souk-client'

const LINES = 'application/x-ndjson'

export interface SoukClientOptions {
  /** Where `createSouk` is mounted, such as `/api/souk`. */
  readonly baseUrl: string
  /** Default: the page's own `fetch`. */
  readonly fetch?: typeof fetch
}

/** A client of the HTTP API that sends the product's own session cookie and trusts no answer before it has its shape. */
export const createSoukClient = ({ baseUrl, fetch: fetchOption }: SoukClientOptions): SoukClient => {
  const base = baseUrl.replace(/\/+$/, '')
  const listeners = new Set<() => void>()

  const call = async <Path extends string, Answer, Body, Query extends object>(
    operation: ApiOperation<Path, Answer, Body, Query>,
    { body, signal, ...address }: ApiCall<PathParams<Path>, Body, Query> = {},
    takeParts?: (parts: FunctionParts) => Answer,
  ): Promise<Answer> => {
    const isForm = body instanceof FormData
    const { method } = operation
    const path = addressOf(operation, address)
    // Looked up at the call, so that a page that wraps fetch later, or a test, is respected.
    const request = fetchOption ?? globalThis.fetch
    const response = await request(`${base}${path}`, {
      method,
      credentials: 'same-origin',
      // The browser names the type of a form itself, because only it knows the boundary.
      headers: {
        accept: takeParts ? `application/json, ${LINES}` : 'application/json',
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((cause: unknown) => {
      throw signal?.aborted
        ? new HostError('ABORTED', 'The request was given up before its answer came.', { cause })
        : new HostError('NETWORK_FAILED', 'The server could not be reached. Check the connection and try again.', {
            cause,
          })
    })
    if (takeParts && response.ok && response.body && response.headers.get('content-type')?.startsWith(LINES))
      return takeParts(createFunctionParts(response.body, (problem) => toHostError(response.status, problem)))
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw toHostError(response.status, answer)
    const problem = checkShape(operation.answer, answer, 'the answer')
    if (problem)
      throw new HostError(
        'INVALID_RESPONSE',
        `The server answered ${method} ${path} with something unexpected: ${problem}. ` +
          'Check that baseUrl leads to createSouk and that both are of one version.',
      )
    // The shape that its type is inferred from has just been checked.
    return answer as Answer
  }

  const change: typeof call = async (operation, options) => {
    const result = await call(operation, options)
    for (const listener of [...listeners]) listener()
    return result
  }

  return {
    me: () => call(getMe),
    catalog: (query = {}) => call(searchCatalog, { query }),
    catalogApp: (slug) => call(getCatalogApp, { params: { slug } }),
    catalogVersions: (slug, query = {}) => call(listCatalogVersions, { params: { slug }, query }),
    extensions: async () => (await call(listExtensions)).items,
    installations: (query = {}) => call(listInstallations, { query }),
    installation: (id) => call(getInstallation, { params: { id } }),
    install: (body) => change(install, { body }),
    upgrade: (id, body) => change(upgradeInstallation, { params: { id }, body }),
    rollback: (id) => change(rollbackInstallation, { params: { id }, body: {} }),
    moveToChannel: (id, channel) => change(moveToChannel, { params: { id }, body: { channel } }),
    uninstall: (id) => change(uninstall, { params: { id }, body: {} }),
    events: (id, query = {}) => call(listInstallationEvents, { params: { id }, query }),
    settings: (id, scope) => call(readSettings, { params: { id, scope } }),
    saveSettings: (id, scope, values) => change(saveSettings, { params: { id, scope }, body: { values } }),
    connections: (id) => call(listConnections, { params: { id } }),
    connect: (id, body) => change(connect, { params: { id }, body }),
    testConnection: (id, connectionId) => change(testConnection, { params: { id, connectionId }, body: {} }),
    disconnect: (id, connectionId) => change(disconnect, { params: { id, connectionId } }),
    callFunction: (id, body, signal, takeParts) =>
      call(callFunction, { params: { id }, body, signal }, takeParts && emptyAfter(takeParts)),
    callFunctionWithFiles: (id, body, files, signal, takeParts) =>
      call(
        withForm(callFunctionWithFiles),
        { params: { id }, body: toForm(body, files), signal },
        takeParts && emptyAfter(takeParts),
      ),
    developerAccounts: (query = {}) => call(listDeveloperAccounts, { query }),
    deviceLogin: (userCode) => call(readDeviceLogin, { body: { userCode } }),
    approveDeviceLogin: (userCode, developerAccountId) =>
      call(approveDeviceLogin, { body: { userCode, developerAccountId } }),
    denyDeviceLogin: (userCode) => call(denyDeviceLogin, { body: { userCode } }),
    request: call,
    change,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const emptyAfter =
  (takeParts: (parts: FunctionParts) => void) =>
  (parts: FunctionParts): FunctionCallResponse => {
    takeParts(parts)
    return { result: '', traceId: '', durationMs: 0 }
  }

/** The operation as it is over HTTP, where the body is a form. */
const withForm = <Path extends string, Answer>(operation: ApiOperation<Path, Answer>) =>
  // Its types say what the product's own code passes; the method, the path and the answer are the same.
  operation as ApiOperation<Path, Answer, FormData, Readonly<Record<never, never>>>

const toForm = (call: FunctionCall, files: readonly GrantedFile[]): FormData => {
  const form = new FormData()
  // First, so that the server can refuse the call before it reads a file.
  form.append('call', JSON.stringify(call))
  for (const { handle, file } of files) form.append(handle.id, file, handle.name)
  return form
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
    ...(checkShape(listShape(publishCheckShape), { items: checks }, 'problem') === undefined
      ? { checks: checks as readonly PublishCheck[] }
      : {}),
  })
}
