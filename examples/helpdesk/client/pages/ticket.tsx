import { Surface } from '@souk/host'
import { ChevronLeft } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { api, type TicketDetail } from '../api'
import { Conversation } from '../components/conversation'
import { LoadError } from '../components/load-error'
import { ReplyBox } from '../components/reply-box'
import { TicketActions } from '../components/ticket-actions'
import { StatusBadge } from '../components/ticket-labels'
import { TicketProperties } from '../components/ticket-properties'
import { linkTo } from '../router'
import type { contract } from '../souk/contract'
import { useDocumentTitle } from '../use-document-title'
import { useResource } from '../use-resource'

export interface TicketPageProps {
  readonly ticketId: string
  readonly onChange: () => void
}

export const TicketPage = ({ ticketId, onChange }: TicketPageProps) => {
  const load = useCallback(() => api.ticket(ticketId), [ticketId])
  const { data: ticket, error, reload, setData } = useResource(load)
  const [problem, setProblem] = useState<string>()
  useDocumentTitle(ticket?.subject ?? 'Ticket')

  const change = async (request: Promise<TicketDetail>) => {
    try {
      setData(await request)
      setProblem(undefined)
      onChange()
      return true
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure))
      return false
    }
  }

  if (error) return <LoadError error={error} onRetry={reload} />
  if (!ticket) return null
  return (
    <div className="fh-ticket">
      <section className="fh-ticket-main" aria-label="Conversation">
        <header className="fh-ticket-header">
          <a className="fh-back" {...linkTo('/inbox')}>
            <ChevronLeft size={16} aria-hidden="true" />
            Inbox
          </a>
          <div className="fh-ticket-title">
            <h1>{ticket.subject}</h1>
            <TicketActions ticket={ticket} onChange={(wanted) => void change(api.changeTicket(ticket.id, wanted))} />
          </div>
          <p className="fh-ticket-meta">
            <StatusBadge status={ticket.status} />
            <span>{ticket.id}</span>
            <span>{ticket.customer.name}</span>
            <span>by {ticket.channel}</span>
          </p>
        </header>
        {problem ? (
          <p className="fh-field-error" role="alert">
            {problem}
          </p>
        ) : null}
        <Conversation messages={ticket.messages} />
        <ReplyBox
          customerName={ticket.customer.name}
          onSend={(body, isNote) => change(api.reply(ticket.id, body, isNote))}
        />
      </section>
      <aside className="fh-ticket-side" aria-label="About this ticket">
        <TicketProperties ticket={ticket} onChange={(wanted) => void change(api.changeTicket(ticket.id, wanted))} />
        <TicketWidgets ticketId={ticket.id} subject={ticket.subject} />
      </aside>
    </div>
  )
}

const TicketWidgets = ({ ticketId, subject }: { readonly ticketId: string; readonly subject: string }) => {
  const context = useMemo(() => ({ recordType: 'ticket', recordId: ticketId }), [ticketId])
  return (
    <div className="fh-widgets">
      <Surface<typeof contract> name="ticket.sidebar" context={{ ticketId, subject }} />
      <Surface name="record.widgets" context={context} />
      <a className="fh-widgets-hint" {...linkTo('/apps')}>
        Show your other tools here
        <small>Browse apps for tickets</small>
      </a>
    </div>
  )
}
