import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  callHost,
  checkInput,
  getConnection,
  getOrganizationConnection,
  getOrganizationSettings,
  getUserConnection,
  listConnections,
  setOrganizationSettings,
  setUserSetting,
  storage,
} from '.'
import type { ConnectedAccount } from './call-context'

const PLATFORM = Symbol.for('souk.server')

const account = (change: Partial<ConnectedAccount>): ConnectedAccount => ({
  id: 'c1',
  definition: 'shop',
  type: 'oauth2-code',
  scope: 'organization',
  label: 'Northwind',
  status: 'active',
  variables: { shop: 'northwind' },
  expiresAt: 1_700_000_000_000,
  ...change,
})

let asked: (readonly unknown[])[] = []
let answers: unknown[] = []
let connections: readonly ConnectedAccount[] = []
const settings = { organization: { a: 1 }, user: {} as Record<string, unknown> }

beforeEach(() => {
  asked = []
  answers = []
  connections = []
  settings.organization = { a: 1 }
  settings.user = {}
  Reflect.set(globalThis, PLATFORM, {
    context: () => ({ settings, connections, user: { id: 'ada' } }),
    ask: async (operation: string, args: readonly unknown[]) => {
      asked.push([operation, ...args])
      return answers.shift()
    },
  })
})
afterEach(() => void Reflect.deleteProperty(globalThis, PLATFORM))

describe('connections', () => {
  test('the one that works comes before the one that has expired, by definition, id and scope', async () => {
    connections = [
      account({ id: 'old', status: 'expired' }),
      account({ value: 't', fields: { k: 'v' } }),
      account({ id: 'mine', scope: 'user', definition: 'post' }),
    ]
    expect(await getConnection('shop')).toMatchObject({
      id: 'c1',
      value: 't',
      fields: { k: 'v' },
      metadata: { shop: 'northwind' },
      expiresAt: new Date(1_700_000_000_000),
    })
    expect((await getOrganizationConnection()).id).toBe('c1')
    expect((await getUserConnection({ definition: 'post' })).id).toBe('mine')
    expect((await getConnection({ id: 'mine' })).definition).toBe('post')
    expect((await listConnections('shop')).map(({ id }) => id)).toEqual(['c1'])
  })

  test('what is missing and what has expired say which connection, so that the product can offer it', async () => {
    await expect(getConnection('shop')).rejects.toMatchObject({
      code: 'CONNECTION_NOT_FOUND',
      details: { connection: 'shop' },
    })
    connections = [account({ status: 'expired' })]
    await expect(getConnection()).rejects.toMatchObject({
      code: 'CONNECTION_EXPIRED',
      details: { connection: 'shop', connectionId: 'c1' },
    })
  })

  test('fetch of an account names it to the broker', async () => {
    connections = [account({})]
    const original = globalThis.fetch
    let sent: Request | undefined
    globalThis.fetch = async (input) => {
      sent = input as Request
      return new Response('ok')
    }
    try {
      await (await getConnection()).fetch('https://api.example/x', { method: 'POST', body: 'b', headers: { a: '1' } })
    } finally {
      globalThis.fetch = original
    }
    expect(sent?.headers.get('souk-connection')).toBe('c1')
    expect(sent?.headers.get('a')).toBe('1')
    expect(sent?.method).toBe('POST')
  })
})

describe('storage', () => {
  test('says where each value belongs, and under which condition it is written', async () => {
    answers = [7, true, true, false, true, true]
    const orders = storage.collection('orders', { connectionId: 'c1' })
    expect(await storage.get('k')).toBe(7)
    await storage.set('k', 1, { ttlSeconds: 60 })
    expect(await orders.setIfAbsent('k', 1)).toBe(true)
    expect(await orders.compareAndSet('k', 1, 2)).toBe(false)
    expect(await orders.compareAndSet('k', undefined, 2)).toBe(true)
    expect(await orders.remove('k')).toBe(true)
    const plain = { collection: '', connectionId: '', key: 'k' }
    const own = { collection: 'orders', connectionId: 'c1', key: 'k' }
    expect(asked).toEqual([
      ['storage.get', plain],
      ['storage.set', { ...plain, value: 1, ttlSeconds: 60 }],
      ['storage.set', { ...own, value: 1, ifAbsent: true }],
      ['storage.set', { ...own, value: 2, ifEquals: 1 }],
      ['storage.set', { ...own, value: 2, ifAbsent: true }],
      ['storage.remove', own],
    ])
  })

  test('an update that was overtaken runs again on what is there now', async () => {
    answers = [['a'], false, ['a', 'b'], true]
    expect(await storage.update<string[]>('list', (list = []) => [...list, 'c'])).toEqual(['a', 'b', 'c'])
    expect(asked.map(([operation]) => operation)).toEqual(['storage.get', 'storage.set', 'storage.get', 'storage.set'])
  })
})

test('settings are saved by path, and the getters of the call see them', async () => {
  answers = [{ a: 2, 'api.url': 'u' }, { compact: true }]
  await setOrganizationSettings({ a: 2, api: { url: 'u' } })
  await setUserSetting('compact', true)
  expect(asked).toEqual([
    ['settings.write', 'organization', { a: 2, 'api.url': 'u' }],
    ['settings.write', 'user', { compact: true }],
  ])
  expect(await getOrganizationSettings()).toEqual({ a: 2, api: { url: 'u' } })
  expect(settings.user).toEqual({ compact: true })
})

test('a function of the product is asked by name', async () => {
  answers = [{ id: 't1' }]
  expect(await callHost('tickets.find', { id: 't1' })).toEqual({ id: 't1' })
  expect(asked).toEqual([['host.call', 'tickets.find', { id: 't1' }]])
})

describe('an input schema', () => {
  const ran: unknown[] = []
  const fn = checkInput(
    async (input: unknown, more: unknown) => void ran.push(input, more),
    z.object({ amount: z.coerce.number().max(10), item: z.object({ sku: z.string() }) }),
  ) as (...args: unknown[]) => Promise<unknown>

  test('lets the function run with what it made of the input', async () => {
    await fn({ amount: '5', item: { sku: 'x' }, extra: 1 }, 'more')
    expect(ran.splice(0)).toEqual([{ amount: 5, item: { sku: 'x' } }, 'more'])
  })

  test.each([[undefined], [{}], [{ amount: 11, item: { sku: 3 } }], [JSON.parse('{"__proto__":{"amount":1}}')]])(
    'refuses %j by field, before the function runs',
    async (input) => {
      await expect(fn(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: expect.any(Object) })
      expect(ran).toEqual([])
    },
  )

  test('names nested fields by path', async () => {
    await expect(fn({ amount: 11, item: { sku: 3 } })).rejects.toMatchObject({
      fields: { amount: expect.any(String), 'item.sku': expect.any(String) },
    })
  })
})
