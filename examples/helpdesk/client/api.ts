import type { Person } from '../server/sessions'
import type { TicketChange } from '../server/tickets'
import type { Customer, Ticket, TicketDetail } from '../server/types'

export type { Customer, Message, Ticket, TicketDetail } from '../server/types'
export type { Person, TicketChange }

/** The product's API said no; the message is for the person at the screen. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const request = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const response = await fetch(`/api${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiError(0, 'The server did not answer. Check your connection, then try again.')
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer
  const message = typeof answer === 'object' && answer !== null && 'message' in answer ? String(answer.message) : ''
  throw new ApiError(response.status, message || `The server answered ${response.status}.`)
}

// The answers come from our own server, built from the same commit with the same types.
const get = async <T>(path: string): Promise<T> => (await request('GET', path)) as T
const post = async <T>(path: string, body: unknown): Promise<T> => (await request('POST', path, body)) as T
const list = async <T>(path: string): Promise<readonly T[]> => (await get<{ items: readonly T[] }>(path)).items

const at = (strings: TemplateStringsArray, ...parts: readonly string[]): string =>
  String.raw({ raw: strings }, ...parts.map(encodeURIComponent))

/** The product's own API. */
export const api = {
  people: () => list<Person>('/people'),
  signIn: (personId: string) => post<Person>('/sign-in', { personId }),
  signOut: () => post<unknown>('/sign-out', {}),
  /** `null` when nobody is signed in. */
  me: () => get<Person | null>('/me'),
  teammates: () => list<Person>('/teammates'),
  tickets: () => list<Ticket>('/tickets'),
  ticket: (id: string) => get<TicketDetail>(at`/tickets/${id}`),
  changeTicket: async (id: string, change: TicketChange) =>
    (await request('PATCH', at`/tickets/${id}`, change)) as TicketDetail,
  reply: (id: string, body: string, isNote: boolean) =>
    post<TicketDetail>(at`/tickets/${id}/replies`, { body, isNote }),
  customers: () => list<Customer>('/customers'),
}
