import type { Ticket } from '../api'
import { capitalize } from '../format'
import { Badge } from './badge'

const STATUS_TONES = { open: 'info', pending: 'warning', solved: 'success' } as const

export const StatusBadge = ({ status }: Pick<Ticket, 'status'>) => (
  <Badge tone={STATUS_TONES[status]}>{capitalize(status)}</Badge>
)

/** Four bars, of which as many are filled as the ticket is urgent; the word stands beside it. */
export const Priority = ({ priority }: Pick<Ticket, 'priority'>) => (
  <span className="fh-priority" data-priority={priority}>
    <span aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
    {capitalize(priority)}
  </span>
)

export const Tags = ({ tags }: Pick<Ticket, 'tags'>) =>
  tags.map((tag) => (
    <span className="fh-tag" key={tag}>
      {tag}
    </span>
  ))
