/** An order, as the order service describes it. Money is in cents of `currency`. */
export interface Order {
  /** Such as `NW-1042`. */
  readonly id: string
  readonly customer: { readonly name: string; readonly email: string }
  readonly status: OrderStatus
  /** ISO 8601. */
  readonly placedAt: string
  readonly totalCents: number
  readonly refundedCents: number
  /** ISO 4217, such as `EUR`. */
  readonly currency: string
  readonly items: readonly OrderItem[]
  readonly tracking: string | null
}

export type OrderStatus = 'processing' | 'shipped' | 'delivered' | 'refunded'

export interface OrderItem {
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly priceCents: number
}

export interface Refund {
  readonly id: string
  readonly orderId: string
  readonly amountCents: number
  readonly createdAt: string
}

/** Why money goes back, for the books. */
export const REFUND_REASONS = [
  { value: 'damaged', label: 'Arrived damaged' },
  { value: 'late', label: 'Arrived too late' },
  { value: 'wrong-item', label: 'Wrong item' },
  { value: 'goodwill', label: 'Goodwill' },
]
