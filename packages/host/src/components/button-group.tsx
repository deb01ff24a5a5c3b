import { Toolbar } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { messages } from './messages'

export const ButtonGroup = ({ label, children }: PropsOf<'ButtonGroup'>) => (
  <Toolbar className="souk-button-group" aria-label={label ?? messages.actions}>
    {children}
  </Toolbar>
)
