/** The Northwind order API, as its documentation would show it. Money is in cents. */

export interface Order {
  readonly id: string
  readonly customer: { readonly name: string; readonly email: string }
  readonly status: 'processing' | 'shipped' | 'delivered' | 'refunded'
  /** ISO 8601. */
  readonly placedAt: string
  readonly totalCents: number
  readonly currency: 'EUR'
  readonly items: readonly OrderItem[]
  readonly tracking: string | null
  readonly refundedCents: number
}

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
  readonly reason: string
  readonly note: string | null
  readonly createdAt: string
}
