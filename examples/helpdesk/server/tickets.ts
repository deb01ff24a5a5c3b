import { z } from 'zod'
import type { Database } from './database'
import type { Customer, Message, Ticket, TicketDetail } from './types'

const iso = z.date().transform((date) => date.toISOString())

const customerSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  company: z.string().nullable(),
  city: z.string(),
  since: z.string(),
  tickets: z.coerce.number(),
  openTickets: z.coerce.number(),
})

const ticketSchema = z.object({
  id: z.string(),
  subject: z.string(),
  status: z.enum(['open', 'pending', 'solved']),
  priority: z.enum(['low', 'normal', 'high', 'urgent']),
  channel: z.enum(['email', 'chat', 'web']),
  tags: z.array(z.string()),
  createdAt: iso,
  updatedAt: iso,
  preview: z.string(),
  customer: z.object({ id: z.string(), name: z.string(), email: z.string(), company: z.string().nullable() }),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
})

const messageSchema = z.object({
  id: z.coerce.string(),
  authorKind: z.enum(['customer', 'agent']),
  authorName: z.string(),
  isNote: z.boolean(),
  body: z.string(),
  createdAt: iso,
})

/** What may be changed of a ticket. */
export const ticketChangeSchema = z
  .object({
    status: z.enum(['open', 'pending', 'solved']).optional(),
    priority: z.enum(['low', 'normal', 'high', 'urgent']).optional(),
    assigneeId: z.string().max(100).nullable().optional(),
  })
  .strict()

export type TicketChange = z.infer<typeof ticketChangeSchema>

export const replySchema = z
  .object({ body: z.string().trim().min(1, 'Write something first.').max(20_000), isNote: z.boolean().default(false) })
  .strict()

export type Reply = z.infer<typeof replySchema>

/** The tickets and customers of one organization at a time: every query is bound to it. */
export interface Tickets {
  list(organizationId: string): Promise<readonly Ticket[]>
  find(organizationId: string, ticketId: string): Promise<TicketDetail | undefined>
  /** @returns Whether there is such a ticket, and such an assignee in the organization. */
  change(organizationId: string, ticketId: string, change: TicketChange): Promise<boolean>
  /** An answer to the customer puts an open ticket on pending. @returns Whether there is such a ticket. */
  reply(organizationId: string, ticketId: string, authorName: string, reply: Reply): Promise<boolean>
  customers(organizationId: string): Promise<readonly Customer[]>
}

const TICKET_QUERY = `
  select t.id, t.subject, t.status, t.priority, t.channel, t.tags,
    t.created_at as "createdAt", t.updated_at as "updatedAt",
    json_build_object('id', c.id, 'name', c.name, 'email', c.email, 'company', c.company) as customer,
    case when p.id is null then null else json_build_object('id', p.id, 'name', p.name) end as assignee,
    (select left(m.body, 160) from helpdesk.messages m
      where m.ticket_id = t.id and not m.is_note order by m.created_at desc, m.id desc limit 1) as preview
  from helpdesk.tickets t
  join helpdesk.customers c on c.id = t.customer_id
  left join helpdesk.people p on p.id = t.assignee_id
  where t.organization_id = $1`

export const createTickets = ({ query, transaction }: Pick<Database, 'query' | 'transaction'>): Tickets => {
  const messages = async (ticketId: string): Promise<readonly Message[]> =>
    z.array(messageSchema).parse(
      await query(
        `select id, author_kind as "authorKind", author_name as "authorName", is_note as "isNote", body,
           created_at as "createdAt"
         from helpdesk.messages where ticket_id = $1 order by created_at, id`,
        [ticketId],
      ),
    )

  return {
    async list(organizationId) {
      return z.array(ticketSchema).parse(await query(`${TICKET_QUERY} order by t.updated_at desc`, [organizationId]))
    },

    async find(organizationId, ticketId) {
      const [row] = await query(`${TICKET_QUERY} and t.id = $2`, [organizationId, ticketId])
      return row === undefined ? undefined : { ...ticketSchema.parse(row), messages: await messages(ticketId) }
    },

    async change(organizationId, ticketId, { status, priority, assigneeId }) {
      const rows = await query(
        `update helpdesk.tickets set status = coalesce($3, status), priority = coalesce($4, priority),
           assignee_id = case when $5 then $6 else assignee_id end, updated_at = now()
         where organization_id = $1 and id = $2
           and ($6::text is null or exists (select 1 from helpdesk.people where id = $6 and organization_id = $1))
         returning id`,
        [organizationId, ticketId, status ?? null, priority ?? null, assigneeId !== undefined, assigneeId ?? null],
      )
      return rows.length > 0
    },

    reply: (organizationId, ticketId, authorName, { body, isNote }) =>
      transaction(async (tx) => {
        const rows = await tx(
          `update helpdesk.tickets
           set updated_at = now(), status = case when not $3 and status = 'open' then 'pending' else status end
           where organization_id = $1 and id = $2 returning id`,
          [organizationId, ticketId, isNote],
        )
        if (rows.length === 0) return false
        await tx(
          `insert into helpdesk.messages (ticket_id, author_kind, author_name, is_note, body)
           values ($1, 'agent', $2, $3, $4)`,
          [ticketId, authorName, isNote, body],
        )
        return true
      }),

    async customers(organizationId) {
      const rows = await query(
        `select c.id, c.name, c.email, c.company, c.city, to_char(c.since, 'YYYY-MM-DD') as since,
           count(t.id) as tickets, count(t.id) filter (where t.status <> 'solved') as "openTickets"
         from helpdesk.customers c left join helpdesk.tickets t on t.customer_id = c.id
         where c.organization_id = $1 group by c.id order by c.name`,
        [organizationId],
      )
      return z.array(customerSchema).parse(rows)
    },
  }
}
