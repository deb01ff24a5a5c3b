import { expect, test } from 'vitest'
import { createOrderService } from './order-service'
import { seedOrders } from './seed-orders'

const apiKey = 'nw_live_0123456789abcdef0123456789abcdef'

const createClient = () => {
  const service = createOrderService({ apiKey, orders: seedOrders(new Date('2026-03-01T12:00:00Z')) })
  const call = async (path: string, init: RequestInit = {}, key: string | null = apiKey) => {
    const headers = { ...(key ? { authorization: `Bearer ${key}` } : {}), ...init.headers }
    const response = await service.fetch(new Request(`http://orders.example${path}`, { ...init, headers }))
    return { status: response.status, body: await response.json() }
  }
  const refund = (id: string, body: unknown, idempotencyKey = 'k1') =>
    call(`/v1/orders/${id}/refunds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { call, refund }
}

test.each([null, '', 'nw_live_wrong', `${apiKey}x`])('answers 401 to the key %j', async (key) => {
  const { call } = createClient()
  expect(await call('/v1/orders?query=lena', {}, key)).toMatchObject({ status: 401 })
})

test('finds orders by number, name, e-mail and item', async () => {
  const { call } = createClient()
  const idsOf = async (query: string) =>
    (await call(`/v1/orders?query=${encodeURIComponent(query)}`)).body.orders.map(({ id }: { id: string }) => id)
  expect(await idsOf('nw-1042')).toEqual(['NW-1042'])
  expect(await idsOf('Lena')).toEqual(['NW-1066', 'NW-1042', 'NW-1036'])
  expect(await idsOf('espresso')).toEqual(['NW-1102'])
  expect(await idsOf('nobody')).toEqual([])
})

test.each([
  [{ amountCents: 100 }, 'reason'],
  [{ amountCents: 100, reason: ' ' }, 'reason'],
  [{ amountCents: 0, reason: 'late' }, 'amountCents'],
  [{ amountCents: 1.5, reason: 'late' }, 'amountCents'],
  [{ amountCents: '100', reason: 'late' }, 'amountCents'],
  [{ amountCents: 99_999_999, reason: 'late' }, 'amountCents'],
  [{ amountCents: 100, reason: 'late', note: 'x'.repeat(501) }, 'note'],
  ['not json', null],
])('refuses the refund %j and names the field', async (body, field) => {
  const { refund } = createClient()
  expect(await refund('NW-1042', body)).toMatchObject({ status: 422, body: { error: { field } } })
})

test('a refund is given once per idempotency key and lowers what is left', async () => {
  const { call, refund } = createClient()
  const first = await refund('NW-1042', { amountCents: 8900, reason: 'damaged' })
  const again = await refund('NW-1042', { amountCents: 8900, reason: 'damaged' })
  expect(first.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect((await call('/v1/orders/NW-1042')).body.refundedCents).toBe(8900)
  expect(await refund('NW-1042', { amountCents: 1, reason: 'damaged' })).toMatchObject({ status: 409 })
  expect(await refund('NW-9999', { amountCents: 1, reason: 'damaged' }, 'k2')).toMatchObject({ status: 404 })
})

test('an order whose total was refunded has the status refunded', async () => {
  const { call, refund } = createClient()
  await refund('NW-1036', { amountCents: 17800, reason: 'late' })
  expect((await call('/v1/orders/NW-1036')).body).toMatchObject({ status: 'refunded', refundedCents: 17800 })
  expect((await refund('NW-1036', { amountCents: 1, reason: 'late' }, 'k2')).body.error.message).toMatch(/in full/)
})
