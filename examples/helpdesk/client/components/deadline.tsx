import { Badge } from './badge'

const DAY_MS = 24 * 60 * 60 * 1000

export interface DeadlineProps {
  readonly label: string
  /** ISO 8601. */
  readonly at: string
}

/** The days that are left until a moment, in words. Below zero, it is over. */
const sayDays = (days: number): string => new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' }).format(days, 'day')

/** Until when something has to be done: calm, then urgent, then over. */
export const Deadline = ({ label, at }: DeadlineProps) => {
  const moment = Date.parse(at)
  if (Number.isNaN(moment)) return <Badge>{label}</Badge>
  const days = Math.round((moment - Date.now()) / DAY_MS)
  return (
    <Badge tone={days < 0 ? 'neutral' : days < 3 ? 'warning' : 'success'}>
      {label} <time dateTime={new Date(moment).toISOString()}>{sayDays(days)}</time>
    </Badge>
  )
}
