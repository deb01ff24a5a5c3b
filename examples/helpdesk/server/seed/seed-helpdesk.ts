import type { Database, Query } from '../database'
import { SCHEMA_SQL } from '../schema'
import { CUSTOMERS } from './customers'
import { ORGANIZATIONS, PEOPLE } from './people'
import { type SeedTicket, TICKETS } from './tickets'

/** Makes the product's tables and, when they are empty, fills them. What people changed since stays. */
export const seedHelpdesk = (database: Pick<Database, 'transaction'>): Promise<void> =>
  database.transaction(async (query) => {
    // Two servers that start on one Postgres at the same time take turns here.
    await query("select pg_advisory_xact_lock(hashtext('helpdesk.seed'))")
    for (const statement of SCHEMA_SQL) await query(statement)
    const existing = await query('select 1 from helpdesk.organizations limit 1')
    if (existing.length === 0) await insertAll(query, new Date())
  })

const insertAll = async (query: Query, now: Date): Promise<void> => {
  for (const { id, name } of ORGANIZATIONS)
    await query('insert into helpdesk.organizations (id, name) values ($1, $2)', [id, name])
  for (const [position, { id, organizationId, name, email, role, reviewer, title }] of PEOPLE.entries())
    await query(
      `insert into helpdesk.people (id, organization_id, name, email, role, reviewer, title, position)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, organizationId, name, email, role, reviewer, title, position],
    )
  for (const { id, organizationId, name, email, company, city, since } of CUSTOMERS)
    await query(
      `insert into helpdesk.customers (id, organization_id, name, email, company, city, since)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, organizationId, name, email, company, city, since],
    )
  for (const ticket of TICKETS) await insertTicket(query, ticket, now)
}

const insertTicket = async (query: Query, ticket: SeedTicket, now: Date): Promise<void> => {
  const customer = CUSTOMERS.find(({ id }) => id === ticket.customerId)
  const first = ticket.messages[0]
  const last = ticket.messages.at(-1)
  if (!customer || !first || !last) throw new Error(`Seed ticket ${ticket.id} needs a known customer and a message.`)
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000)
  const { id, customerId, assigneeId, subject, status, priority, channel, tags } = ticket
  await query(
    `insert into helpdesk.tickets
       (id, organization_id, customer_id, assignee_id, subject, status, priority, channel, tags, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, customer.organizationId, customerId, assigneeId, subject, status, priority, channel, tags],
      ...[at(first.hoursAgo), at(last.hoursAgo)],
    ],
  )
  for (const { from, hoursAgo, body, isNote } of ticket.messages) {
    const author = PEOPLE.find((person) => person.id === from)
    await query(
      `insert into helpdesk.messages (ticket_id, author_kind, author_name, is_note, body, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, author ? 'agent' : 'customer', author?.name ?? customer.name, isNote ?? false, body, at(hoursAgo)],
    )
  }
}
