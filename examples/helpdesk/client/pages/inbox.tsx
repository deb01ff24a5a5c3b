import { Globe, Mail, MessageCircle, MoreHorizontal, Search } from 'lucide-react'
import { useState } from 'react'
import { api, type Person, type Ticket } from '../api'
import { AppMenu } from '../components/app-menu'
import { Avatar } from '../components/avatar'
import { LoadError } from '../components/load-error'
import { PageHeader } from '../components/page-header'
import { Priority, StatusBadge, Tags } from '../components/ticket-labels'
import { formatAgo, formatFull } from '../format'
import { linkTo } from '../router'
import { useResource } from '../use-resource'

const CHANNELS = { email: Mail, chat: MessageCircle, web: Globe }

const VIEWS = [
  { id: 'open', label: 'Open', has: ({ status }: Ticket) => status === 'open' },
  { id: 'pending', label: 'Pending', has: ({ status }: Ticket) => status === 'pending' },
  { id: 'solved', label: 'Solved', has: ({ status }: Ticket) => status === 'solved' },
  { id: 'all', label: 'All', has: () => true },
] as const

const matches = (ticket: Ticket, search: string): boolean =>
  [ticket.id, ticket.subject, ticket.customer.name, ticket.customer.email, ticket.preview, ...ticket.tags].some(
    (text) => text.toLowerCase().includes(search.trim().toLowerCase()),
  )

export const Inbox = ({ person }: { readonly person: Person }) => {
  const { data: tickets, error, reload } = useResource(api.tickets)
  const [viewId, setViewId] = useState<(typeof VIEWS)[number]['id']>('open')
  const [assignee, setAssignee] = useState('anyone')
  const [search, setSearch] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())

  const found = (tickets ?? []).filter(
    (ticket) =>
      matches(ticket, search) &&
      (assignee === 'anyone' || (assignee === 'me' ? ticket.assignee?.id === person.id : ticket.assignee === null)),
  )
  const shown = found.filter((ticket) => VIEWS.find(({ id }) => id === viewId)?.has(ticket))

  return (
    <div className="fh-page">
      <PageHeader title="Inbox" description="Conversations with your customers, newest first." />
      <div className="fh-toolbar">
        <div className="fh-tabs" role="tablist" aria-label="Status">
          {VIEWS.map(({ id, label, has }) => (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={id === viewId}
              aria-controls="tickets"
              className="fh-tab"
              onClick={() => setViewId(id)}
            >
              {label}
              {tickets ? <span>{found.filter(has).length}</span> : null}
            </button>
          ))}
        </div>
        <div className="fh-toolbar-end">
          {selected.size > 0 ? (
            <>
              <span className="fh-muted">{selected.size} selected</span>
              <AppMenu
                name="record.bulkActions"
                context={{ recordType: 'ticket', recordIds: [...selected] }}
                label="Actions for the selected tickets"
                icon={<MoreHorizontal size={18} />}
              />
            </>
          ) : null}
          <select
            className="fh-select"
            aria-label="Assigned to"
            value={assignee}
            onChange={(event) => setAssignee(event.target.value)}
          >
            <option value="anyone">Anyone</option>
            <option value="me">Assigned to me</option>
            <option value="nobody">Unassigned</option>
          </select>
          <label className="fh-search">
            <Search size={16} aria-hidden="true" />
            <input
              type="search"
              placeholder="Search tickets"
              aria-label="Search tickets"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
        </div>
      </div>
      {error ? <LoadError error={error} onRetry={reload} /> : null}
      {tickets ? (
        <div id="tickets" role="tabpanel" aria-label="Tickets" className="fh-panel">
          {shown.length > 0 ? (
            <ul className="fh-tickets">
              {shown.map((ticket) => (
                <TicketRow
                  key={ticket.id}
                  ticket={ticket}
                  isSelected={selected.has(ticket.id)}
                  onSelect={(isSelected) =>
                    setSelected((before) => {
                      const next = new Set(before)
                      if (isSelected) next.add(ticket.id)
                      else next.delete(ticket.id)
                      return next
                    })
                  }
                />
              ))}
            </ul>
          ) : (
            <NoTickets hasSome={tickets.length > 0} />
          )}
        </div>
      ) : null}
    </div>
  )
}

interface TicketRowProps {
  readonly ticket: Ticket
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
}

const TicketRow = ({ ticket, isSelected, onSelect }: TicketRowProps) => {
  const Channel = CHANNELS[ticket.channel]
  return (
    <li className="fh-ticket-item">
      <input
        type="checkbox"
        aria-label={`Select ${ticket.subject}`}
        checked={isSelected}
        onChange={(event) => onSelect(event.target.checked)}
      />
      <a className="fh-ticket-row" {...linkTo(`/tickets/${ticket.id}`)}>
        <Avatar name={ticket.customer.name} />
        <span className="fh-ticket-what">
          <span className="fh-ticket-subject">
            <strong>{ticket.subject}</strong>
            <Tags tags={ticket.tags} />
          </span>
          <span className="fh-ticket-preview">
            <b>{ticket.customer.name}</b>
            {ticket.preview.replace(/\s+/g, ' ')}
          </span>
        </span>
        <Priority priority={ticket.priority} />
        <span className="fh-ticket-assignee">
          {ticket.assignee ? (
            <>
              <Avatar name={ticket.assignee.name} size="small" />
              {ticket.assignee.name.split(' ')[0]}
            </>
          ) : (
            <span className="fh-muted">Unassigned</span>
          )}
        </span>
        <StatusBadge status={ticket.status} />
        <span className="fh-ticket-when">
          <Channel size={14} aria-label={ticket.channel} />
          <time dateTime={ticket.updatedAt} title={formatFull(ticket.updatedAt)}>
            {formatAgo(ticket.updatedAt)}
          </time>
        </span>
      </a>
    </li>
  )
}

const NoTickets = ({ hasSome }: { readonly hasSome: boolean }) => (
  <div className="fh-empty">
    <h2>{hasSome ? 'Nothing here' : 'No conversations yet'}</h2>
    <p>
      {hasSome
        ? 'No ticket matches this view. Choose another status, or clear the search.'
        : 'This organization has no customers. Sign in as Ada or Grace to see a busy help desk.'}
    </p>
  </div>
)
