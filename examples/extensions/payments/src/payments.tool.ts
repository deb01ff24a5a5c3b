import { defineTool, z } from '@souk/extension-sdk/tools'
import { listPayments } from './payments.server'

const payment = z.object({ id: z.string(), amount: z.number(), refunded: z.number() })

export const findPayments = defineTool({
  id: 'find-payments',
  name: 'Find payments',
  description: 'Finds what the customer of a ticket paid and got back, in euros. Use it before a refund is spoken of.',
  icon: 'credit-card',
  inputs: z.object({ ticketId: z.string().min(1).describe('The id of the ticket, such as T-2048.') }),
  outputs: z.object({
    payments: z.array(payment),
    refundable: z.number().describe('Euros that may still be given back.'),
  }),
  exampleOutput: { payments: [{ id: 'pay-1', amount: 40, refunded: 10 }], refundable: 30 },
  idempotent: true,
  agent: { toolsetSlug: 'payments', summary: 'Payments of a ticket' },
  execute: async ({ ticketId }) => {
    const found = await listPayments(ticketId)
    const payments = found.map(({ id, amount, refunded }) => ({ id, amount, refunded }))
    return { payments, refundable: payments.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0) }
  },
})
