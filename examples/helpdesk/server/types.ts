/** What the product's own API answers. Dates are ISO 8601 in UTC. */

export interface Ticket {
  readonly id: string
  readonly subject: string
  readonly status: 'open' | 'pending' | 'solved'
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly channel: 'email' | 'chat' | 'web'
  readonly tags: readonly string[]
  readonly createdAt: string
  readonly updatedAt: string
  /** The beginning of the newest message that the customer can see. */
  readonly preview: string
  readonly customer: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly company: string | null
  }
  readonly assignee: { readonly id: string; readonly name: string } | null
}

export interface Message {
  readonly id: string
  readonly authorKind: 'customer' | 'agent'
  readonly authorName: string
  /** Only the team sees it. */
  readonly isNote: boolean
  readonly body: string
  readonly createdAt: string
}

export interface TicketDetail extends Ticket {
  readonly messages: readonly Message[]
}

export interface Customer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly company: string | null
  readonly city: string
  readonly since: string
  readonly tickets: number
  readonly openTickets: number
}
