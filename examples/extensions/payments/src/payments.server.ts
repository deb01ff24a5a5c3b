import { InvalidInputError } from '@souk/extension-sdk/server'
import { ask } from './ask.server'

export interface Payment {
  readonly id: string
  readonly amount: number
  readonly refunded: number
}

export const listPayments = async (customer: string): Promise<readonly Payment[]> =>
  (await ask<{ payments: readonly Payment[] }>(`/payments?customer=${encodeURIComponent(customer)}`)).payments

export interface RefundInput {
  readonly paymentId: string
  readonly amount: number
  readonly reason: 'late' | 'broken' | 'goodwill'
}

/** @param requestId The same for the same wish: the service then pays once, however often it is asked. */
export const refund = async ({ paymentId, amount, reason }: RefundInput, requestId: string) => {
  if (typeof amount !== 'number' || !(amount > 0))
    throw new InvalidInputError('The refund was refused.', { amount: 'Enter an amount above 0.' })
  if (typeof requestId !== 'string' || requestId === '') throw new InvalidInputError('A refund needs a request id.')
  return ask<{ id: string; amount: number }>(
    '/refunds',
    { paymentId, amount, reason },
    { 'idempotency-key': requestId },
  )
}
