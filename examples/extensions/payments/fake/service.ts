const PAYMENTS = [
  { id: 'pay-1', customer: 'T-1', amount: 40, refunded: 0 },
  { id: 'pay-2', customer: 'T-1', amount: 15, refunded: 15 },
]

/** A Tillbox of one account, in memory: what it answers, refuses and remembers. */
export const createService = (token = 'secret', start = PAYMENTS) => {
  const payments = start.map((payment) => ({ ...payment }))
  const done = new Map<string, object>()
  return {
    payments,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401, 'No such token.')
      if (request.method === 'GET')
        return Response.json({
          payments: payments.filter(({ customer }) => customer === url.searchParams.get('customer')),
        })
      const key = request.headers.get('idempotency-key') ?? ''
      const before = done.get(key)
      if (before) return Response.json(before)
      const { paymentId, amount } = await request.json()
      const payment = payments.find(({ id }) => id === paymentId)
      if (!payment) return refuse(404, `There is no payment ${paymentId}.`)
      const left = payment.amount - payment.refunded
      if (left === 0) return refuse(409, 'It has been refunded already.')
      if (!(amount <= left)) return refuse(422, 'Too much.', { fields: { amount: `At most ${left} are left.` } })
      payment.refunded += amount
      const refund = { id: `refund-${done.size + 1}`, amount }
      done.set(key, refund)
      return Response.json(refund, { status: 201 })
    },
  }
}

const refuse = (status: number, message: string, more: object = {}) => Response.json({ message, ...more }, { status })
