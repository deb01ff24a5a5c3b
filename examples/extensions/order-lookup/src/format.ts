import type { Order, OrderStatus } from './order'

export const formatMoney = (cents: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100)

export const formatDate = (iso: string, locale: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(new Date(iso))

const RETURN_DAYS = 30

/** When an order can no longer be sent back, in ISO 8601. */
export const returnableUntil = (placedAt: string): string => {
  const end = new Date(placedAt)
  end.setUTCDate(end.getUTCDate() + RETURN_DAYS)
  return end.toISOString()
}

export const STATUS_LABELS: Readonly<Record<OrderStatus, string>> = {
  processing: 'Processing',
  shipped: 'Shipped',
  delivered: 'Delivered',
  refunded: 'Refunded',
}

export const STATUS_TONES = {
  processing: 'warning',
  shipped: 'info',
  delivered: 'success',
  refunded: 'neutral',
} as const satisfies Record<OrderStatus, string>

/** In the order that an admin chose in the settings. */
export const sortOrders = (orders: readonly Order[], showFirst: 'newest' | 'largest'): readonly Order[] =>
  [...orders].sort((a, b) =>
    showFirst === 'largest' ? b.totalCents - a.totalCents : b.placedAt.localeCompare(a.placedAt),
  )
