import { Toolbar } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { messages } from './messages'

export const ButtonGroup = ({ label, children, methodsRef }: PropsOf<'ButtonGroup'>) => (
  <Toolbar ref={methodsRef} className="souk-button-group" aria-label={label ?? messages.actions}>
    {children}
  </Toolbar>
)
