import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import type { Order, Refund } from './order'

export interface OrderServiceOptions {
  readonly apiKey: string
  readonly orders: readonly Order[]
}

const refundSchema = z.object({
  amountCents: z.int('Enter an amount in whole cents.').positive('Enter an amount above 0.'),
  reason: z.string('Choose a reason.').trim().min(1, 'Choose a reason.').max(100, 'The reason is too long.'),
  note: z.string().max(500, 'The note may have 500 characters.').nullish(),
})

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

const matches = (order: Order, query: string): boolean =>
  [
    order.id,
    order.customer.name,
    order.customer.email,
    order.tracking ?? '',
    ...order.items.map(({ name }) => name),
  ].some((text) => text.toLowerCase().includes(query))

/**
 * The order system of Northwind: what a company would already have, and what the example extension talks to.
 * Orders are seeded; refunds live as long as the process.
 */
export const createOrderService = ({ apiKey, orders: seed }: OrderServiceOptions) => {
  const orders = new Map(seed.map((order) => [order.id, order]))
  const refundsByIdempotencyKey = new Map<string, { readonly body: string; readonly refund: Refund }>()
  const expectedKey = sha256(`Bearer ${apiKey}`)
  const app = new Hono()

  app.use('/v1/*', async (c, next) => {
    const given = sha256(c.req.header('authorization') ?? '')
    if (!timingSafeEqual(given, expectedKey))
      return c.json({ error: { field: null, message: 'The API key is missing or was revoked.' } }, 401)
    await next()
  })

  app.get('/v1/orders', (c) => {
    const query = (c.req.query('query') ?? '').trim().toLowerCase()
    const found = [...orders.values()].filter((order) => matches(order, query))
    return c.json({ orders: found.sort((a, b) => b.placedAt.localeCompare(a.placedAt)).slice(0, 50) })
  })

  app.get('/v1/orders/:id', (c) => {
    const order = orders.get(c.req.param('id').toUpperCase())
    return order ? c.json(order) : c.json({ error: { field: null, message: 'There is no such order.' } }, 404)
  })

  app.post('/v1/orders/:id/refunds', async (c) => {
    const order = orders.get(c.req.param('id').toUpperCase())
    if (!order) return c.json({ error: { field: null, message: 'There is no such order.' } }, 404)
    const body: unknown = await c.req.json().catch(() => undefined)
    const key = c.req.header('idempotency-key')
    const fingerprint = JSON.stringify([order.id, body])
    const earlier = key === undefined ? undefined : refundsByIdempotencyKey.get(key)
    if (earlier && earlier.body !== fingerprint)
      return c.json({ error: { field: null, message: 'This Idempotency-Key was used for another refund.' } }, 409)
    if (earlier) return c.json({ refund: earlier.refund }, 201)

    const parsed = refundSchema.safeParse(body)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const field = typeof issue?.path[0] === 'string' ? issue.path[0] : null
      return c.json({ error: { field, message: issue?.message ?? 'The refund could not be read.' } }, 422)
    }
    const { amountCents, reason, note } = parsed.data
    const left = order.totalCents - order.refundedCents
    if (amountCents > left)
      return c.json({ error: { field: 'amountCents', message: describeLeft(left, order.currency) } }, 422)

    const refund: Refund = {
      id: `RF-${randomBytes(4).toString('hex').toUpperCase()}`,
      orderId: order.id,
      amountCents,
      reason,
      note: note ?? null,
      createdAt: new Date().toISOString(),
    }
    const refundedCents = order.refundedCents + amountCents
    const status = refundedCents === order.totalCents ? 'refunded' : order.status
    orders.set(order.id, { ...order, refundedCents, status })
    if (key !== undefined) refundsByIdempotencyKey.set(key, { body: fingerprint, refund })
    return c.json({ refund }, 201)
  })

  app.notFound((c) => c.json({ error: { field: null, message: 'There is nothing at this address.' } }, 404))
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse()
    return c.json({ error: { field: null, message: 'The order service failed.' } }, 500)
  })
  return { fetch: (request: Request) => app.fetch(request) }
}

const describeLeft = (leftCents: number, currency: string): string =>
  leftCents === 0
    ? 'This order has been refunded in full.'
    : `At most ${new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(leftCents / 100)} is left to refund.`
