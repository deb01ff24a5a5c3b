import { DEFAULT_LIMITS, EXTENSION_REQUEST_TYPES, envelopeOf } from '@souk/extension-sdk/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { HostError } from '../host-error'
import { createExtensionConnection, type ExtensionConnection, type ExtensionServices } from './extension-connection'

const identity = { appId: 'app', appInstallationId: 'inst1' }
const envelope = envelopeOf('souk-extension', identity)
const open: ExtensionConnection[] = []
const ports: MessagePort[] = []

afterEach(() => {
  for (const connection of open.splice(0)) connection.dispose()
  for (const port of ports.splice(0)) port.close()
})

/** The test is the extension: it writes and reads raw messages. */
const setup = (limits = DEFAULT_LIMITS) => {
  const { port1, port2 } = new MessageChannel()
  const called = vi.fn()
  const services = Object.fromEntries(
    EXTENSION_REQUEST_TYPES.map((type) => [type, async (payload: unknown) => called(type, payload) ?? null]),
    // All names of the type are in the list.
  ) as unknown as ExtensionServices
  const onNotice = vi.fn()
  const onRefused = vi.fn()
  const connection = createExtensionConnection({ port: port1, identity, limits, services, onNotice, onRefused })
  open.push(connection)
  ports.push(port2)
  const received: Record<string, unknown>[] = []
  port2.onmessage = ({ data }) => received.push(data)
  const post = (message: object) => port2.postMessage({ ...envelope, ...message })
  const next = async (count = 1) => {
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(count)
    return received[count - 1] ?? {}
  }
  return { connection, called, onNotice, onRefused, received, post, raw: port2, next }
}

const request = (type: string, payload: unknown, requestId = 'r1') => ({ kind: 'request', type, requestId, payload })

describe('an extension that does not keep to the protocol', () => {
  test.each<[string, object]>([
    ['claims to be the platform', { source: 'souk-platform' }],
    ['claims to be another app', { appId: 'other' }],
    ['claims to be another installation', { appInstallationId: 'inst2' }],
    ['has no version', { v: undefined }],
    ['has an unknown kind', { kind: 'evil' }],
    [
      'sends the messages of Comlink',
      { kind: undefined, id: '1', path: ['navigate', 'constructor'], argumentList: [] },
    ],
  ])('is not heard when it %s', async (_name, changes) => {
    const { called, onRefused, post, next } = setup()
    post({ ...request('navigate', { path: '/evil' }), ...changes })
    post(request('navigate', { path: '/good' }, 'r2'))
    expect(await next()).toMatchObject({ requestId: 'r2', ok: true })
    expect(called).toHaveBeenCalledTimes(1)
    expect(onRefused).toHaveBeenCalledOnce()
  })

  test.each([
    ['constructor', 'METHOD_NOT_FOUND'],
    ['__proto__', 'METHOD_NOT_FOUND'],
    ['navigate.constructor', 'METHOD_NOT_FOUND'],
    ['init', 'METHOD_NOT_FOUND'],
    ['ping', 'METHOD_NOT_FOUND'],
  ])('cannot call %s', async (type, code) => {
    const { post, next, called } = setup()
    post(request(type, {}))
    expect(await next()).toMatchObject({ ok: false, error: { code } })
    expect(called).not.toHaveBeenCalled()
  })

  test.each<[string, unknown]>([
    ['navigate', { path: 'https://evil.example' }],
    ['navigate', null],
    ['open-url', { url: 'javascript:alert(1)' }],
    ['open-dialog', { dialogId: 'd', title: 'x', size: 'fullscreen' }],
    ['show-toast', { title: 'x'.repeat(201), variant: 'info' }],
    ['run-server-function', { moduleHash: 'a#b', args: ['not', 'encoded'], idempotencyKey: 'k' }],
  ])('%s with %j is refused before any service sees it', async (type, payload) => {
    const { post, next, called } = setup()
    post(request(type, payload))
    expect(await next()).toMatchObject({ ok: false, error: { code: 'INVALID_MESSAGE' } })
    expect(called).not.toHaveBeenCalled()
  })

  test('cannot answer a request that nobody made', async () => {
    const { connection, post, next } = setup()
    const answer = connection.request('ping', null)
    post({ kind: 'answer', type: 'ping-result', requestId: 'guessed', ok: true, value: 'evil' })
    const { requestId } = await next()
    post({ kind: 'answer', type: 'ping-result', requestId, ok: true, value: null })
    expect(await answer).toBeNull()
  })

  test('cannot have more requests waiting than it may', async () => {
    const { post, next, called } = setup({ ...DEFAULT_LIMITS, pendingRequests: 2 })
    called.mockReturnValue(new Promise(() => {}))
    for (const id of ['1', '2', '3']) post(request('confirm', { title: 'Sure?' }, id))
    expect(await next()).toMatchObject({ requestId: '3', ok: false, error: { code: 'LIMIT_EXCEEDED' } })
    expect(called).toHaveBeenCalledTimes(2)
  })
})

test('a service that throws a HostError tells its code; anything else tells nothing', async () => {
  const { post, called, next } = setup()
  called.mockImplementationOnce(() => {
    throw new HostError('FORBIDDEN', 'Not you.', { fields: { a: 'b' }, traceId: 't' })
  })
  post(request('navigate', { path: '/a' }, '1'))
  expect(await next()).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN', message: 'Not you.', fields: { a: 'b' }, traceId: 't' },
  })
  called.mockImplementationOnce(() => {
    throw new TypeError('secret')
  })
  post(request('navigate', { path: '/a' }, '2'))
  expect(JSON.stringify(await next(2))).not.toContain('secret')
})

test('an error of the extension is thrown with its code, or EXTENSION_ERROR for a code nobody knows', async () => {
  const { connection, post, next } = setup()
  const fail = async (code: string, count: number) => {
    const answer = connection.request('ping', null).catch((error: unknown) => error)
    const { requestId } = await next(count)
    post({ kind: 'answer', type: 'ping-result', requestId, ok: false, error: { code, message: 'No.', traceId: 't' } })
    return answer
  }
  expect(await fail('UNKNOWN_SURFACE', 1)).toMatchObject({ name: 'HostError', code: 'UNKNOWN_SURFACE', traceId: 't' })
  expect(await fail('constructor', 2)).toMatchObject({ code: 'EXTENSION_ERROR' })
})

test('what was waiting ends with the connection', async () => {
  const { connection } = setup()
  const answer = connection.request('trigger-surface', { kind: 'a', surfaceId: 'b', instanceId: 'c', context: {} })
  connection.dispose()
  await expect(answer).rejects.toMatchObject({ code: 'CLOSED' })
})

test('notices are handed on when they parse', async () => {
  const { raw, post, onNotice, onRefused } = setup()
  const batch = { rootId: 'r', commit: 1, operations: [] }
  post({ kind: 'notice', type: 'render-component', payload: { ...batch, commit: 0 } })
  raw.postMessage({ ...envelope, kind: 'notice', type: 'render-component', payload: batch })
  await expect.poll(() => onNotice).toHaveBeenCalledOnce()
  expect(onRefused).toHaveBeenCalledOnce()
})
