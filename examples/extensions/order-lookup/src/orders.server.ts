import { InvalidInputError, NotFoundError } from '@souk/extension-sdk/server'
import type { Order, Refund } from './order'
import { askOrderService } from './order-service.server'
import { parseOrders, parseRefund } from './parse-answers.server'

/**
 * The orders that match an e-mail address, a name or an order number.
 *
 * Client code imports it, so every user of the product can call it with anything: the input is checked here.
 */
export const findOrders = async ({ query }: { readonly query: string }): Promise<readonly Order[]> => {
  const text = typeof query === 'string' ? query.trim() : ''
  if (text.length < 2 || text.length > 200)
    throw new InvalidInputError('Type at least two characters of an e-mail address, a name or an order number.', {
      query: 'Type 2 to 200 characters.',
    })
  return parseOrders(await askOrderService(`/orders?query=${encodeURIComponent(text)}`))
}

export interface RefundInput {
  readonly orderId: string
  readonly amountCents: number
  readonly reason: string
  readonly note: string
  /** The same for every try of one refund, so that it is paid once. */
  readonly requestId: string
}

/** Gives back a part of an order, or all of it. */
export const createRefund = async (input: RefundInput): Promise<Refund> => {
  const { orderId, amountCents, reason, note, requestId } = checkRefund(input)
  const path = `/orders/${encodeURIComponent(orderId)}/refunds`
  try {
    return parseRefund(
      await askOrderService(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': requestId },
        body: JSON.stringify({ amountCents, reason, note }),
      }),
    )
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new InvalidInputError(`There is no order ${orderId}.`, { orderId: `There is no order ${orderId}.` })
  }
}

const isText = (value: unknown, max: number): value is string => typeof value === 'string' && value.length <= max

const checkRefund = ({ orderId, amountCents, reason, note, requestId }: RefundInput): RefundInput => {
  const fields: Record<string, string> = {}
  if (!isText(orderId, 40) || !/^[A-Za-z]+-\d+$/.test(orderId.trim()))
    fields.orderId = 'Enter an order number, such as NW-1042.'
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0) fields.amountCents = 'Enter an amount above 0.'
  if (!isText(reason, 100) || reason === '') fields.reason = 'Choose a reason.'
  if (!isText(note, 500)) fields.note = 'Write at most 500 characters.'
  if (!isText(requestId, 100) || requestId === '') fields.requestId = 'The request has no id.'
  if (Object.keys(fields).length > 0) throw new InvalidInputError('The refund was not created.', fields)
  return { orderId: orderId.trim().toUpperCase(), amountCents, reason, note: note.trim(), requestId }
}
