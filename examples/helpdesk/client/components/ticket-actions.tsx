import { SurfaceActions } from '@souk/host'
import { Check, type LucideIcon, MoreHorizontal, Puzzle, RotateCcw, Send, Undo2, Zap } from 'lucide-react'
import { useMemo } from 'react'
import type { Ticket, TicketChange } from '../api'
import { AppMenu } from './app-menu'
import { Button } from './button'
import { Menu, MenuHeading, MenuItem, MenuSeparator } from './menu'

export interface TicketActionsProps {
  readonly ticket: Ticket
  readonly onChange: (change: TicketChange) => void
}

/** The icons that apps may name; any other name gets the piece of a puzzle. */
const APP_ICONS = new Map<string | undefined, LucideIcon>([
  ['undo', Undo2],
  ['send', Send],
  ['check', Check],
])

const AppIcon = ({ name }: { readonly name: string | undefined }) => {
  const Icon = APP_ICONS.get(name) ?? Puzzle
  return <Icon size={16} />
}

/** What can be done with the ticket: the product's own actions, then those of its apps. */
export const TicketActions = ({ ticket, onChange }: TicketActionsProps) => {
  const context = useMemo(() => ({ recordType: 'ticket', recordId: ticket.id }), [ticket.id])
  const isSolved = ticket.status === 'solved'
  return (
    <div className="fh-ticket-actions">
      <Button
        icon={isSolved ? <RotateCcw size={16} /> : <Check size={16} />}
        onClick={() => onChange({ status: isSolved ? 'open' : 'solved' })}
      >
        {isSolved ? 'Reopen' : 'Mark as solved'}
      </Button>
      <AppMenu name="quickActions" context={context} label="Quick actions" icon={<Zap size={18} />} />
      <SurfaceActions
        name="record.actions"
        context={context}
        render={(actions) => (
          <Menu label="More actions" buttonClassName="fh-icon-button" button={<MoreHorizontal size={18} />}>
            {actions.length > 0 ? <MenuHeading>Apps</MenuHeading> : null}
            {actions.map((action) => (
              <MenuItem
                key={action.key}
                icon={<AppIcon name={action.icon} />}
                description={action.appTitle}
                isDisabled={action.isRunning}
                onSelect={() => void action.run()}
              >
                {action.label}
              </MenuItem>
            ))}
            {actions.length > 0 ? <MenuSeparator /> : null}
            <MenuItem onSelect={() => onChange({ status: 'pending' })} isDisabled={ticket.status === 'pending'}>
              Put on pending
            </MenuItem>
            <MenuItem onSelect={() => onChange({ priority: 'urgent' })} isDisabled={ticket.priority === 'urgent'}>
              Make urgent
            </MenuItem>
            <MenuItem onSelect={() => onChange({ assigneeId: null })} isDisabled={ticket.assignee === null}>
              Unassign
            </MenuItem>
          </Menu>
        )}
      />
    </div>
  )
}
