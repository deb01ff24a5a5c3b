import type { PlainValue } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { SoukError } from '../src/souk-error'
import { createInstalledWorld, type Person } from './support/create-world'

const FUNCTION = 'src/orders.server.ts#findOrders'

/** Runs code of an app in a call of its own, and gives it what it may ask the platform. */
const createAppCode = async () => {
  const asked: unknown[] = []
  const world = await createInstalledWorld({
    options: {
      hostFunctions: {
        'tickets.find': {
          scope: 'tickets:read',
          call: ({ userId, organizationId }, input) => {
            asked.push([userId, organizationId, input])
            return { id: 't1', at: new Date(0) }
          },
        },
        'tickets.delete': { scope: 'tickets:delete', call: () => asked.push('deleted') },
        'tickets.open': { scope: null, call: () => Promise.reject(new Error('password=hunter2')) },
        'tickets.refuse': {
          scope: null,
          call: () => {
            throw new SoukError('CONFLICT', 'The ticket is closed.')
          },
        },
      },
    },
  })
  const ask = async (who: Person, operation: string, ...args: PlainValue[]): Promise<unknown> => {
    let outcome: unknown
    world.functions[FUNCTION] = async (call) => {
      outcome = await call.platform?.(operation, args, new AbortController().signal).catch((error: unknown) => error)
    }
    await world.call(who, world.installation.id, '[]')
    return outcome
  }
  return { ...world, ask, asked }
}

const at = (key: PlainValue, more: Record<string, PlainValue> = {}) => ({
  collection: '',
  connectionId: '',
  key,
  ...more,
})

describe('storage', () => {
  test('keeps values of every kind for the installation, whoever calls, and for no other', async () => {
    const { ask, storage, installation } = await createAppCode()
    const value = new Map([['a', [new Date(0), 1n, undefined]]])
    expect(await ask('max', 'storage.set', at('k', { value, ttlSeconds: 60 }))).toBe(true)
    expect(await ask('ada', 'storage.get', at('k'))).toEqual(value)
    expect(await ask('ada', 'storage.set', at('k', { value: 2, ifAbsent: true }))).toBe(false)
    expect(await ask('ada', 'storage.set', at('k', { value: 2, ifEquals: value }))).toBe(true)
    expect(await ask('ada', 'storage.list', { collection: '', connectionId: '', prefix: 'k' })).toEqual({
      items: [{ key: 'k', value: 2, expiresAt: null }],
      nextCursor: null,
    })
    expect(await ask('ada', 'storage.remove', at('k'))).toBe(true)
    expect(await ask('ada', 'storage.get', at('k'))).toBeUndefined()
    expect(
      (
        await storage.values.list(
          { installationId: installation.id, connectionId: '', collection: '', prefix: '' },
          new Date(),
          { limit: 9 },
        )
      ).items,
    ).toEqual([])
  })

  test.each<[string, PlainValue, string]>([
    ['a key that is no text', at(7), 'INVALID_INPUT'],
    ['an empty key', at(''), 'INVALID_INPUT'],
    ['a key no database holds', at('a\0'), 'INVALID_INPUT'],
    ['a key that is too long', at('k'.repeat(501)), 'INVALID_INPUT'],
    ['no place', null, 'INVALID_INPUT'],
    ['undefined', at('k', { value: undefined }), 'INVALID_INPUT'],
    ['a value that is too large', at('k', { value: 'x'.repeat(256 * 1024) }), 'PAYLOAD_TOO_LARGE'],
    ['a life that has ended', at('k', { value: 1, ttlSeconds: 0 }), 'INVALID_INPUT'],
    ['a life that is no number', at('k', { value: 1, ttlSeconds: '60' }), 'INVALID_INPUT'],
    ['a connection of somebody else', at('k', { value: 1, connectionId: 'c9' }), 'NOT_FOUND'],
  ])('refuses %s', async (_, place, code) => {
    const { ask } = await createAppCode()
    expect(await ask('ada', 'storage.set', place)).toMatchObject({ code })
  })

  test('says with a code when the installation keeps as much as it may', async () => {
    const { ask } = await createAppCode()
    const value = 'x'.repeat(255 * 1024)
    let last: unknown
    for (let index = 0; index < 42 && last !== false; index++) {
      last = await ask('ada', 'storage.set', at(`k${index}`, { value }))
      if (last !== true) break
    }
    expect(last).toMatchObject({ code: 'QUOTA_EXCEEDED' })
  })
})

describe('settings', () => {
  test('are written with the rights of the user who called: nobody changes by an app what they could not by hand', async () => {
    const { ask, must, installation } = await createAppCode()
    expect(await ask('ada', 'settings.write', 'organization', { region: 'us' })).toMatchObject({ region: 'us' })
    expect(await ask('max', 'settings.write', 'organization', { region: 'eu' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await ask('max', 'settings.write', 'user', { compact: false })).toEqual({ compact: false })
    expect(await ask('ada', 'settings.write', 'organization', { region: 'mars' })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: { region: expect.any(String) },
    })
    for (const values of [null, { region: {} }, 'x'])
      expect(await ask('ada', 'settings.write', 'organization', values)).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await ask('ada', 'settings.write', 'everybody', {})).toMatchObject({ code: 'INVALID_INPUT' })
    const { values } = await must(200, 'ada', `GET /installations/${installation.id}/settings/organization`)
    expect(values.region).toBe('us')
  })
})

describe('functions of the product', () => {
  test('run for the user who called, when their scope was granted', async () => {
    const { ask, asked } = await createAppCode()
    expect(await ask('max', 'host.call', 'tickets.find', { id: 't1' })).toEqual({ id: 't1', at: new Date(0) })
    expect(await ask('max', 'host.call', 'tickets.delete', {})).toMatchObject({ code: 'FORBIDDEN' })
    for (const name of ['tickets.nothing', '__proto__', 'constructor', 7])
      expect(await ask('max', 'host.call', name)).toMatchObject({ code: 'FUNCTION_NOT_FOUND' })
    expect(asked).toEqual([['max', 'org-a', { id: 't1' }]])
  })

  test('tell apps what they throw on purpose, and nothing else', async () => {
    const { ask, errors } = await createAppCode()
    expect(await ask('max', 'host.call', 'tickets.refuse')).toMatchObject({ code: 'CONFLICT' })
    const failure = await ask('max', 'host.call', 'tickets.open')
    expect(failure).toMatchObject({ code: 'INTERNAL' })
    expect(String(failure)).not.toContain('hunter2')
    expect(errors.map(String)).toContainEqual(expect.stringContaining('hunter2'))
  })
})

test.each(['storage.clear', '__proto__', 'constructor', ''])(
  'the platform does not know the question %j',
  async (name) => {
    const { ask } = await createAppCode()
    expect(await ask('ada', name)).toMatchObject({ code: 'METHOD_NOT_FOUND' })
  },
)
