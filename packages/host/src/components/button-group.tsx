import { Toolbar } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { useMessages } from './use-messages'

export const ButtonGroup = ({ label, children, methodsRef }: PropsOf<'ButtonGroup'>) => {
  const messages = useMessages()
  return (
    <Toolbar ref={methodsRef} className="souk-button-group" aria-label={label ?? messages.actions}>
      {children}
    </Toolbar>
  )
}
