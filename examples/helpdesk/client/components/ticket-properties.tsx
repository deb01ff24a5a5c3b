import { Mail, MapPin } from 'lucide-react'
import type { ReactNode } from 'react'
import { api, type TicketChange, type TicketDetail } from '../api'
import { capitalize, formatFull } from '../format'
import { useResource } from '../use-resource'
import { Avatar } from './avatar'
import { Tags } from './ticket-labels'

export interface TicketPropertiesProps {
  readonly ticket: TicketDetail
  readonly onChange: (change: TicketChange) => void
}

const STATUSES = ['open', 'pending', 'solved'] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const

export const TicketProperties = ({ ticket, onChange }: TicketPropertiesProps) => {
  const { data: teammates } = useResource(api.teammates)
  const { data: customers } = useResource(api.customers)
  const customer = customers?.find(({ id }) => id === ticket.customer.id)
  return (
    <section className="fh-properties" aria-label="Properties">
      <div className="fh-properties-customer">
        <Avatar name={ticket.customer.name} size="large" />
        <div>
          <strong className="fh-properties-name">{ticket.customer.name}</strong>
          {ticket.customer.company ? <small>{ticket.customer.company}</small> : null}
          <a href={`mailto:${ticket.customer.email}`}>
            <Mail size={13} aria-hidden="true" /> {ticket.customer.email}
          </a>
          {customer ? (
            <small>
              <MapPin size={13} aria-hidden="true" /> {customer.city} · {customer.tickets}{' '}
              {customer.tickets === 1 ? 'ticket' : 'tickets'}
            </small>
          ) : null}
        </div>
      </div>
      <div className="fh-properties-grid">
        <Property label="Status">
          <Choice
            value={ticket.status}
            options={STATUSES.map((id) => ({ id, label: capitalize(id) }))}
            onChange={(status) => onChange({ status })}
          />
        </Property>
        <Property label="Priority">
          <Choice
            value={ticket.priority}
            options={PRIORITIES.map((id) => ({ id, label: capitalize(id) }))}
            onChange={(priority) => onChange({ priority })}
          />
        </Property>
        <Property label="Assignee">
          <Choice
            value={ticket.assignee?.id ?? ''}
            options={[{ id: '', label: 'Nobody' }, ...(teammates ?? []).map(({ id, name }) => ({ id, label: name }))]}
            onChange={(id) => onChange({ assigneeId: id === '' ? null : id })}
          />
        </Property>
      </div>
      <dl className="fh-properties-facts">
        <dt>Tags</dt>
        <dd>{ticket.tags.length > 0 ? <Tags tags={ticket.tags} /> : 'None'}</dd>
        <dt>Created</dt>
        <dd>{formatFull(ticket.createdAt)}</dd>
      </dl>
    </section>
  )
}

const Property = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the child is the select that the label is for.
  <label className="fh-property">
    <span className="fh-property-label">{label}</span>
    {children}
  </label>
)

interface ChoiceProps<T extends string> {
  readonly value: T
  readonly options: readonly { readonly id: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

const Choice = <T extends string>({ value, options, onChange }: ChoiceProps<T>) => (
  <select
    className="fh-select"
    value={value}
    onChange={(event) => {
      const chosen = options.find(({ id }) => id === event.target.value)
      if (chosen) onChange(chosen.id)
    }}
  >
    {options.map(({ id, label }) => (
      <option key={id} value={id}>
        {label}
      </option>
    ))}
  </select>
)
