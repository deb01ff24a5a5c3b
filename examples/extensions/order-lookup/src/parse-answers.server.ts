import { UpstreamServiceError } from '@souk/extension-sdk/server'
import type { Order, OrderItem, OrderStatus, Refund } from './order'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

const refuse = (what: string) => new UpstreamServiceError(`Northwind answered without ${what}. Try again later.`, 200)

const text = (fields: Fields, key: string): string => {
  const value = fields[key]
  if (typeof value !== 'string') throw refuse(`the ${key} of an order`)
  return value
}

const count = (fields: Fields, key: string): number => {
  const value = fields[key]
  if (typeof value !== 'number') throw refuse(`the ${key} of an order`)
  return value
}

const STATUSES: readonly OrderStatus[] = ['processing', 'shipped', 'delivered', 'refunded']

const parseItem = (value: unknown): OrderItem => {
  if (!isFields(value)) throw refuse('the items of an order')
  return {
    sku: text(value, 'sku'),
    name: text(value, 'name'),
    quantity: count(value, 'quantity'),
    priceCents: count(value, 'priceCents'),
  }
}

const parseOrder = (value: unknown): Order => {
  if (!isFields(value) || !isFields(value.customer) || !Array.isArray(value.items)) throw refuse('an order')
  const status = STATUSES.find((known) => known === value.status)
  if (!status) throw refuse('a status that is known')
  return {
    id: text(value, 'id'),
    customer: { name: text(value.customer, 'name'), email: text(value.customer, 'email') },
    status,
    placedAt: text(value, 'placedAt'),
    totalCents: count(value, 'totalCents'),
    refundedCents: count(value, 'refundedCents'),
    currency: text(value, 'currency'),
    items: value.items.map(parseItem),
    tracking: typeof value.tracking === 'string' ? value.tracking : null,
  }
}

export const parseOrders = (value: unknown): readonly Order[] => {
  if (!isFields(value) || !Array.isArray(value.orders)) throw refuse('a list of orders')
  return value.orders.map(parseOrder)
}

export const parseRefund = (value: unknown): Refund => {
  if (!isFields(value) || !isFields(value.refund)) throw refuse('the refund')
  const { refund } = value
  return {
    id: text(refund, 'id'),
    orderId: text(refund, 'orderId'),
    amountCents: count(refund, 'amountCents'),
    createdAt: text(refund, 'createdAt'),
  }
}

/** What the service says when it refuses something: `{ error: { field, message } }`. */
export const parseFieldError = (value: unknown): { readonly field?: string; readonly message?: string } => {
  const error = isFields(value) && isFields(value.error) ? value.error : {}
  return {
    ...(typeof error.field === 'string' ? { field: error.field } : {}),
    ...(typeof error.message === 'string' ? { message: error.message } : {}),
  }
}
