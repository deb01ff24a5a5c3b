import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRefund, findOrders, type RefundInput } from '../src/orders.server'

const ORDER = {
  id: 'NW-1042',
  customer: { name: 'Lena Fischer', email: 'lena@example.com' },
  status: 'shipped',
  placedAt: '2026-02-03T10:00:00.000Z',
  totalCents: 12900,
  refundedCents: 0,
  currency: 'EUR',
  items: [{ sku: 'MUG-1', name: 'Mug', quantity: 2, priceCents: 6450 }],
  tracking: 'DHL-1',
}

const REFUND: RefundInput = { orderId: 'nw-1042', amountCents: 500, reason: 'late', note: ' sorry ', requestId: 'r-1' }

const PLATFORM = Symbol.for('souk.server')
const service = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>()

/** What the order service answers next. */
const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  service.mockResolvedValueOnce(
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
  )

beforeEach(() => {
  const organization = { apiUrl: 'https://orders.northwind.example/v1/' }
  Reflect.set(globalThis, PLATFORM, { context: () => ({ settings: { organization, user: {} } }) })
  vi.stubGlobal('fetch', service)
})

afterEach(() => {
  Reflect.deleteProperty(globalThis, PLATFORM)
  vi.unstubAllGlobals()
  service.mockReset()
})

test('finds orders at the API URL of the settings, without a credential of its own', async () => {
  answer(200, { orders: [ORDER] })
  expect(await findOrders({ query: ' lena+shop@example.com ' })).toEqual([ORDER])
  const [url, init] = service.mock.calls[0] ?? []
  expect(url).toBe('https://orders.northwind.example/v1/orders?query=lena%2Bshop%40example.com')
  expect(new Headers(init?.headers).has('authorization')).toBe(false)
})

test.each(['', ' x ', 'x'.repeat(201), 5, null, { toString: () => 'NW' }])('refuses the query %j', async (query) => {
  // Anybody who may call the function may send anything.
  await expect(findOrders({ query: query as string })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: { query: expect.any(String) },
  })
  expect(service).not.toHaveBeenCalled()
})

test('creates a refund once per request id', async () => {
  const refund = { id: 'RF-1', orderId: 'NW-1042', amountCents: 500, createdAt: '2026-02-04T10:00:00.000Z' }
  answer(201, { refund })
  expect(await createRefund(REFUND)).toEqual(refund)
  const [url, init] = service.mock.calls[0] ?? []
  expect(url).toBe('https://orders.northwind.example/v1/orders/NW-1042/refunds')
  expect(new Headers(init?.headers).get('idempotency-key')).toBe('r-1')
  expect(JSON.parse(String(init?.body))).toEqual({ amountCents: 500, reason: 'late', note: 'sorry' })
})

test.each<[Partial<Record<keyof RefundInput, unknown>>, string]>([
  [{ orderId: '' }, 'orderId'],
  [{ orderId: '../customers/1' }, 'orderId'],
  [{ orderId: 5 }, 'orderId'],
  [{ amountCents: 0 }, 'amountCents'],
  [{ amountCents: -5 }, 'amountCents'],
  [{ amountCents: 1.5 }, 'amountCents'],
  [{ amountCents: '500' }, 'amountCents'],
  [{ reason: '' }, 'reason'],
  [{ note: 'x'.repeat(501) }, 'note'],
  [{ requestId: '' }, 'requestId'],
])('refuses a refund with %j at its field', async (change, field) => {
  // As above: the types hold for honest callers only.
  const error = createRefund({ ...REFUND, ...change } as RefundInput)
  await expect(error).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: { [field]: expect.any(String) } })
  expect(service).not.toHaveBeenCalled()
})

test('what the service refuses stands at its field', async () => {
  answer(422, { error: { field: 'amountCents', message: 'At most 129.00 EUR are left.' } })
  await expect(createRefund(REFUND)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: { amountCents: 'At most 129.00 EUR are left.' },
  })
  answer(404, { error: { field: null, message: 'There is no such order.' } })
  await expect(createRefund(REFUND)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: { orderId: 'There is no order NW-1042.' },
  })
})

test.each<[number, unknown, object]>([
  [401, {}, { code: 'INSUFFICIENT_PERMISSIONS' }],
  [403, 'no', { code: 'INSUFFICIENT_PERMISSIONS' }],
  [409, {}, { code: 'CONFLICT' }],
  [429, {}, { code: 'RATE_LIMITED', retryAfterSeconds: 7 }],
  [503, '<html>', { code: 'UPSTREAM_SERVICE_ERROR', status: 503 }],
  [200, '<html>', { code: 'UPSTREAM_SERVICE_ERROR' }],
  [200, { orders: [{ ...ORDER, status: 'lost' }] }, { code: 'UPSTREAM_SERVICE_ERROR' }],
  [200, { orders: [{ ...ORDER, totalCents: '1' }] }, { code: 'UPSTREAM_SERVICE_ERROR' }],
])('an answer %i %j is a typed error', async (status, body, expected) => {
  answer(status, body, { 'retry-after': '7' })
  await expect(findOrders({ query: 'lena' })).rejects.toMatchObject(expected)
})
