import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ConflictError,
  ConnectionExpiredError,
  deadline,
  getCurrentUser,
  getOrganizationSetting,
  getOrganizationSettings,
  getUserSettings,
  InsufficientPermissionsError,
  InvalidInputError,
  NotFoundError,
  RateLimitError,
  signal,
  UpstreamServiceError,
} from '.'
import type { CallContext, SettingValue } from './call-context'

const PLATFORM = Symbol.for('souk.server')
const calls = new AsyncLocalStorage<CallContext>()

const contextOf = (userId: string, organization: Record<string, SettingValue> = {}): CallContext => ({
  user: { id: userId },
  organizationId: 'org-1',
  installationId: 'installation-1',
  settings: { organization, user: { signature: userId } },
  signal: new AbortController().signal,
  deadline: 1_700_000_000_000,
})

beforeEach(() => void Reflect.set(globalThis, PLATFORM, { context: () => calls.getStore() }))
afterEach(() => void Reflect.deleteProperty(globalThis, PLATFORM))

describe('the context of a call', () => {
  test('two calls at once each see their own user and settings', async () => {
    const ask = async () => {
      await Promise.resolve()
      return [(await getCurrentUser()).id, await getUserSettings()]
    }
    const both = await Promise.all(['ada', 'bob'].map((id) => calls.run(contextOf(id), ask)))
    expect(both).toEqual([
      ['ada', { signature: 'ada' }],
      ['bob', { signature: 'bob' }],
    ])
  })

  test('settings of a struct come nested, and one comes by its path', async () => {
    const context = contextOf('ada', { 'api.url': 'https://x.example', 'api.retries': 3, fancy: true })
    await calls.run(context, async () => {
      expect(await getOrganizationSettings()).toEqual({ api: { url: 'https://x.example', retries: 3 }, fancy: true })
      expect(await getOrganizationSetting('api.url')).toBe('https://x.example')
      expect(await getOrganizationSetting('api.key')).toBeUndefined()
    })
  })

  test('a path that would reach a prototype changes nothing', async () => {
    const hostile = JSON.parse('{"__proto__.polluted":true,"constructor.prototype.polluted":true,"ok":1}')
    await calls.run(contextOf('ada', hostile), async () => expect(await getOrganizationSettings()).toEqual({ ok: 1 }))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    await calls.run(contextOf('ada'), async () => expect(await getOrganizationSetting('toString')).toBeUndefined())
  })

  test('signal and deadline are those of the call', () => {
    const context = contextOf('ada')
    calls.run(context, () => {
      expect(signal()).toBe(context.signal)
      expect(deadline()).toEqual(new Date(1_700_000_000_000))
    })
  })

  test('outside of a call everything says where it belongs', async () => {
    await expect(getCurrentUser()).rejects.toMatchObject({ code: 'NOT_IN_SERVER_FUNCTION' })
    Reflect.deleteProperty(globalThis, PLATFORM)
    await expect(getOrganizationSettings()).rejects.toThrow('while the file is loading')
    expect(() => signal()).toThrow('*.server.ts')
  })
})

test.each([
  [new InvalidInputError('No.', { amount: 'Too much.' }), { code: 'INVALID_INPUT', fields: { amount: 'Too much.' } }],
  [new NotFoundError('No.'), { code: 'NOT_FOUND', name: 'NotFoundError' }],
  [new ConflictError('No.'), { code: 'CONFLICT' }],
  [new RateLimitError('No.', 30), { code: 'RATE_LIMITED', retryAfterSeconds: 30 }],
  [new UpstreamServiceError('No.', 502), { code: 'UPSTREAM_SERVICE_ERROR', status: 502 }],
  [new InsufficientPermissionsError('No.'), { code: 'INSUFFICIENT_PERMISSIONS' }],
  [new ConnectionExpiredError('No.'), { code: 'CONNECTION_EXPIRED' }],
])('%s keeps its code and details', (error, expected) => {
  expect(error).toBeInstanceOf(Error)
  expect(error.message).toBe('No.')
  expect(error).toMatchObject(expected)
})
