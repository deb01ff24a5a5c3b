import { describe, expect, test } from 'vitest'
import { hostileValues } from '../../test/support/hostile'
import {
  DEFAULT_LIMITS,
  EXTENSION_REQUEST_TYPES,
  envelopeOf,
  isRefusal,
  PLATFORM_REQUEST_TYPES,
  parseBridgeMessage,
  parseConnectMessage,
  parseExtensionRequest,
  parsePlatformRequest,
  parseWireError,
} from '.'

const identity = { appId: 'app', appInstallationId: 'installation' }
const expected = { ...identity, source: 'souk-extension', limits: DEFAULT_LIMITS } as const
const envelope = { ...envelopeOf('souk-extension', identity) }
const request = { ...envelope, kind: 'request', type: 'show-toast', requestId: '1', payload: { title: 'x' } }
const parse = (value: unknown) => parseBridgeMessage(value, expected)

describe('parseBridgeMessage', () => {
  test.each(hostileValues)('refuses %s', (_what, value) => {
    expect(isRefusal(parse(value))).toBe(true)
  })

  test('lets each kind of message through', () => {
    const messages = [
      request,
      { ...envelope, kind: 'answer', type: 'init-result', requestId: '1', ok: true, value: null },
      {
        ...envelope,
        kind: 'answer',
        type: 'init-result',
        requestId: '1',
        ok: false,
        error: { code: 'X', message: 'x' },
      },
      { ...envelope, kind: 'abort', type: 'abort', requestId: '1' },
      { ...envelope, kind: 'notice', type: 'log', payload: { level: 'info', message: 'x' } },
    ]
    expect(messages.map(parse)).toEqual(messages)
  })

  test('keeps unknown fields of a newer version', () => {
    expect(parse({ ...request, priority: 'high' })).toMatchObject({ priority: 'high' })
  })

  test.each([
    ['the other source', { source: 'souk-platform' }, 'source'],
    ['no source', { source: undefined }, 'source'],
    ['another app', { appId: 'other' }, 'appId'],
    ['another installation', { appInstallationId: 'other' }, 'appInstallationId'],
    ['an installation that only looks equal', { appInstallationId: ['installation'] }, 'appInstallationId'],
    ['no version', { v: undefined }, 'version'],
    ['version 0', { v: 0 }, 'version'],
    ['a version as text', { v: '1' }, 'version'],
    ['no type', { type: '' }, 'type'],
    ['an endless type', { type: 'x'.repeat(201) }, 'type'],
    ['an unknown kind', { kind: 'eval' }, 'kind'],
    ['a kind of Object.prototype', { kind: 'constructor' }, 'kind'],
    ['no requestId', { requestId: undefined }, 'requestId'],
    ['an endless requestId', { requestId: 'x'.repeat(101) }, 'requestId'],
    ['a function in the payload', { payload: { a: [() => {}] } }, 'payload.a[0]'],
    ['a prototype key in the payload', { payload: JSON.parse('{"a":{"__proto__":{}}}') }, '__proto__'],
    ['a constructor key in the payload', { payload: { constructor: 1 } }, 'constructor'],
    ['an infinite number in the payload', { payload: { a: Number.POSITIVE_INFINITY } }, 'Infinity'],
    ['a class instance in the payload', { payload: { a: new (class Port {})() } }, 'Port'],
    ['a payload that is too deep', { payload: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) }, 'deeper'],
    ['too many values', { payload: Array.from({ length: 100_001 }, () => 0) }, 'more than 100000'],
  ])('refuses a request with %s', (_what, change, word) => {
    expect(parse({ ...request, ...change })).toEqual({ refused: expect.stringContaining(word) })
  })

  test.each([
    ['an answer without ok', { kind: 'answer', type: 'x-result', requestId: '1' }],
    ['a failure without an error', { kind: 'answer', type: 'x-result', requestId: '1', ok: false }],
    ['a failure with an error as text', { kind: 'answer', type: 'x-result', requestId: '1', ok: false, error: 'x' }],
    ['an abort of another type', { kind: 'abort', type: 'x', requestId: '1' }],
    ['an unknown notice', { kind: 'notice', type: 'reload', payload: {} }],
    ['a log without a level', { kind: 'notice', type: 'log', payload: { message: 'x' } }],
    ['an endless log', { kind: 'notice', type: 'log', payload: { level: 'info', message: 'x'.repeat(10_001) } }],
    ['an error with an unknown code', { kind: 'notice', type: 'error', payload: { code: 'toString', message: 'x' } }],
    ['surfaces that are no list', { kind: 'notice', type: 'set-surfaces', payload: { surfaces: {} } }],
    ['surfaces with a hole', { kind: 'notice', type: 'set-surfaces', payload: { surfaces: Array(1) } }],
    ['surfaces without ids', { kind: 'notice', type: 'set-surfaces', payload: { surfaces: [{ kind: 'x' }] } }],
    ['a batch that is none', { kind: 'notice', type: 'render-component', payload: { rootId: 'x' } }],
  ])('refuses %s', (_what, body) => {
    expect(isRefusal(parse({ ...envelope, ...body }))).toBe(true)
  })

  test('refuses notices of the platform', () => {
    const message = {
      ...envelopeOf('souk-platform', identity),
      kind: 'notice',
      type: 'log',
      payload: { level: 'info', message: 'x' },
    }
    expect(isRefusal(parseBridgeMessage(message, { ...expected, source: 'souk-platform' }))).toBe(true)
  })
})

describe('parseConnectMessage', () => {
  const connect = { ...envelope, type: 'connect', nonce: 'n', versions: [1], capabilities: [] }
  const parseConnect = (value: unknown) => parseConnectMessage(value, { ...identity, nonce: 'n' })

  test.each(hostileValues)('refuses %s', (_what, value) => {
    expect(isRefusal(parseConnect(value))).toBe(true)
  })

  test.each([
    ['another nonce', { nonce: 'm' }],
    ['no nonce', { nonce: undefined }],
    ['another type', { type: 'init' }],
    ['another app', { appId: 'b' }],
    ['versions as text', { versions: '1' }],
    ['too many versions', { versions: Array.from({ length: 33 }, () => 1) }],
    ['versions with a hole', { versions: Array(1) }],
    ['capabilities that are no names', { capabilities: [1] }],
    ['capabilities with a hole', { capabilities: Array(1) }],
  ])('refuses %s', (_what, change) => {
    expect(isRefusal(parseConnect({ ...connect, ...change }))).toBe(true)
  })

  test('accepts a connect message with the nonce', () => {
    expect(parseConnect(connect)).toEqual(connect)
  })
})

describe('parseExtensionRequest', () => {
  test.each(
    EXTENSION_REQUEST_TYPES.flatMap((type) => hostileValues.map(([what, value]) => [type, what, value] as const)),
  )('%s refuses %s', (type, _what, value) => {
    expect(isRefusal(parseExtensionRequest(type, value))).toBe(true)
  })

  test.each([
    ['navigate', { path: 'https://evil.example' }],
    ['navigate', { path: '//evil.example' }],
    ['navigate', { path: '/\\evil.example' }],
    ['navigate', { path: 'javascript:alert(1)' }],
    ['open-url', { url: 'javascript:alert(1)' }],
    ['open-url', { url: 'http://example.com' }],
    ['open-url', { url: 'data:text/html,x' }],
    ['open-url', { url: ' javascript:alert(1)' }],
    ['open-dialog', { dialogId: 'd', title: 'T', size: 'fullscreen' }],
    ['show-toast', { title: 'x'.repeat(201), variant: 'info' }],
    ['show-toast', { title: 'x', variant: 'html' }],
    ['call-method', { rootId: '', id: 1, method: 'focus' }],
    ['call-method', { rootId: 'r', id: 0, method: 'focus' }],
    ['call-method', { rootId: 'r', id: -1, method: 'focus' }],
    ['call-method', { rootId: 'r', id: '1', method: 'focus' }],
    ['call-method', { rootId: 'r', id: 1.5, method: 'focus' }],
    ['call-method', { rootId: 'r', id: 1, method: '' }],
    ['call-method', { rootId: 'r', id: 1, method: 'x'.repeat(62) }],
    ['call-method', { rootId: 'r', id: 1, method: ['focus'] }],
    ['run-server-function', { moduleHash: 'a#b', args: [], idempotencyKey: '1' }],
  ] as const)('%s refuses %j', (type, payload) => {
    expect(isRefusal(parseExtensionRequest(type, payload))).toBe(true)
  })
})

test('parseWireError keeps only what an error may carry', () => {
  expect(
    parseWireError({ code: 'X', message: 'm', stack: 'secret', fields: { a: 1 }, retryAfterSeconds: Number.NaN }),
  ).toEqual({
    code: 'X',
    message: 'm',
  })
})

test('a message is refused by the sum of what it holds', () => {
  const limits = { ...DEFAULT_LIMITS, batchBytes: 1_000 }
  const parseSmall = (more: unknown) =>
    parseBridgeMessage({ ...request, payload: { title: 'x', more } }, { ...expected, limits })
  expect(isRefusal(parseSmall(['x'.repeat(400), 'x'.repeat(400)]))).toBe(false)
  expect(isRefusal(parseSmall(['x'.repeat(400), 'x'.repeat(400), 'x'.repeat(400)]))).toBe(true)
  expect(isRefusal(parseSmall(new ArrayBuffer(2_000)))).toBe(true)
  expect(isRefusal(parseSmall(new Uint8Array(new ArrayBuffer(2_000), 0, 1)))).toBe(true)
})

test('what stands beside the known fields has the same bounds', () => {
  const limits = { ...DEFAULT_LIMITS, batchBytes: 1_000 }
  const log = { ...envelope, kind: 'notice', type: 'log', payload: { level: 'info', message: 'x' } }
  for (const message of [request, log]) {
    expect(isRefusal(parseBridgeMessage({ ...message, more: 'x' }, { ...expected, limits }))).toBe(false)
    expect(isRefusal(parseBridgeMessage({ ...message, more: new ArrayBuffer(2_000) }, { ...expected, limits }))).toBe(
      true,
    )
  }
})

test('an error speaks of a bounded number of fields in bounded sentences', () => {
  const fieldsOf = (fields: unknown) => {
    const error = parseWireError({ code: 'X', message: 'm', fields })
    return isRefusal(error) ? error : error.fields
  }
  expect(fieldsOf({ name: 'Fill it in.' })).toEqual({ name: 'Fill it in.' })
  expect(fieldsOf({ name: 'x'.repeat(1_001) })).toBeUndefined()
  expect(fieldsOf({ ['x'.repeat(1_001)]: 'm' })).toBeUndefined()
  expect(fieldsOf(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`f${index}`, 'm'])))).toBeUndefined()
})

describe('parsePlatformRequest', () => {
  const context = { recordId: '7' }
  const surface = { kind: 'record.widgets', surfaceId: 'main', context }
  const event = { rootId: 'r', handlerId: '2:onPress', args: [] }

  test.each([
    ['ping', null],
    ['trigger-surface', { ...surface, instanceId: 'i' }],
    ['context-changed', { context }],
    ['context-changed', { context, instanceId: 'i' }],
    ['close-surface', { instanceId: 'i' }],
    ['event-handler-call', event],
    ['event-handler-call', { ...event, eventVersion: 1 }],
    ['evaluate', { ...surface, expression: 'shouldShow' }],
  ] as const)('lets a good %s through', (type, payload) => {
    expect(parsePlatformRequest(type, payload)).toEqual(payload)
  })

  test.each([
    ['trigger-surface', surface],
    ['trigger-surface', { ...surface, instanceId: 'i', context: [] }],
    ['context-changed', { context: 5 }],
    ['context-changed', { context, instanceId: '' }],
    ['close-surface', {}],
    ['event-handler-call', { ...event, handlerId: 7 }],
    ['event-handler-call', { ...event, args: 'abc' }],
    ['event-handler-call', { ...event, eventVersion: 'x' }],
    ['evaluate', surface],
  ] as const)('refuses a bad %s', (type, payload) => {
    expect(isRefusal(parsePlatformRequest(type, payload))).toBe(true)
  })

  test('refuses every payload that is no record, with a sentence that names the request', () => {
    for (const type of PLATFORM_REQUEST_TYPES)
      for (const payload of [5, 'x', [], null]) {
        const parsed = parsePlatformRequest(type, payload)
        if (type !== 'ping') expect(isRefusal(parsed) && parsed.refused).toContain(type)
      }
  })
})
