import { afterEach, expect, test, vi } from 'vitest'
import { createFakeClient } from '../marketplace/testing/fake-client'
import { connections, firstConnection } from '../marketplace/testing/fixtures'
import type { Souk } from '../souk-context'
import { connectAccount } from './connect-account'

afterEach(() => vi.restoreAllMocks())

const expired = connections.connections[1] ?? firstConnection

const setUp = ({ confirmed = true, renewsAfter = 2, ...more }: { confirmed?: boolean; renewsAfter?: number } = {}) => {
  let polls = 0
  const opened = { opener: window as unknown, location: { replace: vi.fn() }, close: vi.fn() }
  // Only what is used of a window.
  vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window)
  const connect = vi.fn(async () => ({ connection: null, authorizationUrl: 'https://outlet.shops.example/auth' }))
  const client = createFakeClient({
    connect,
    connections: async () => {
      const isRenewed = polls++ >= renewsAfter
      const renewed = { ...expired, status: 'active' as const, updatedAt: '2026-04-01T00:00:00.000Z' }
      return { ...connections, connections: [firstConnection, isRenewed ? renewed : expired] }
    },
  })
  const confirm = vi.fn(async () => confirmed)
  const run = (request: { connection: string; connectionId?: string }, services: Souk['services'] = {}) =>
    connectAccount({
      extension: { appInstallationId: 'inst-orders', title: 'Order Lookup' },
      // Only what is used of it.
      souk: { client, services } as Souk,
      overlays: { confirm },
      request,
      signal: new AbortController().signal,
      pollMs: 1,
    })
  return { run, connect, confirm, opened, ...more }
}

test('an expired account is connected in a new window, and the wait ends when it works again', async () => {
  const { run, connect, opened, confirm } = setUp()
  expect(await run({ connection: 'shop', connectionId: expired.id })).toBe(true)
  expect(confirm).toHaveBeenCalledOnce()
  expect(connect).toHaveBeenCalledWith('inst-orders', { definitionId: 'shop', connectionId: expired.id })
  expect(opened.opener).toBe(null)
  expect(opened.location.replace).toHaveBeenCalledWith('https://outlet.shops.example/auth')
  expect(opened.close).toHaveBeenCalledOnce()
})

test('a call that meets an expired secret is told so: what is typed in again has its form in the marketplace', async () => {
  const { run, confirm, connect } = setUp()
  expect(await run({ connection: 'post-office', connectionId: 'con-post' })).toBe(false)
  expect(confirm).not.toHaveBeenCalled()
  expect(connect).not.toHaveBeenCalled()
})

test.each([
  ['the user says no', { connection: 'shop', connectionId: 'con-old' }, false],
  ['there is no such connection', { connection: 'nothing' }, true],
  ['a form has to be filled in', { connection: 'post-office' }, true],
  ['a variable has to be filled in', { connection: 'shop' }, true],
])('nothing is opened when %s', async (_, request, confirmed) => {
  const { run, connect } = setUp({ confirmed })
  expect(await run(request)).toBe(false)
  expect(window.open).not.toHaveBeenCalled()
  expect(connect).not.toHaveBeenCalled()
})

test("a product's own screen comes first", async () => {
  const { run, confirm } = setUp()
  const own = vi.fn(async () => true)
  expect(await run({ connection: 'shop' }, { connectAccount: own })).toBe(true)
  expect(own.mock.calls[0]?.slice(0, 1)).toEqual([{ installationId: 'inst-orders', connection: 'shop' }])
  expect(confirm).not.toHaveBeenCalled()
})
