import { expect, test } from 'vitest'
import { sortOrders } from '../src/format'
import type { Order } from '../src/order'
import { parseAmount } from '../src/parse-amount'

test.each([
  ['12.50', 1250],
  ['12,5', 1250],
  [' 7 ', 700],
  ['0.05', 5],
  ['19.99', 1999],
  ['', undefined],
  ['12.345', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['1.000,00', undefined],
])('the amount %j is %j cents', (text, cents) => {
  expect(parseAmount(text)).toBe(cents)
})

test('orders come in the order that the admin chose', () => {
  const order = (id: string, placedAt: string, totalCents: number): Order => ({
    id,
    placedAt,
    totalCents,
    customer: { name: '', email: '' },
    status: 'shipped',
    refundedCents: 0,
    currency: 'EUR',
    items: [],
    tracking: null,
  })
  const orders = [order('old', '2026-01-01', 900), order('new', '2026-02-01', 100)]
  expect(sortOrders(orders, 'newest').map(({ id }) => id)).toEqual(['new', 'old'])
  expect(sortOrders(orders, 'largest').map(({ id }) => id)).toEqual(['old', 'new'])
})
