import { Toolbar } from 'react-aria-components'
import type { PropsOf } from './component-props'

export const ButtonGroup = ({ label, children }: PropsOf<'ButtonGroup'>) => (
  <Toolbar className="souk-button-group" aria-label={label ?? 'Actions'}>
    {children}
  </Toolbar>
)
