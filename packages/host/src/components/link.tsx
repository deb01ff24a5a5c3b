import type { PropsOf } from './component-props'
import { ExternalIcon } from './icons'

export const Link = ({ href, children }: PropsOf<'Link'>) => (
  // noreferrer: the address of a customer's record must not reach an outside site.
  <a className="souk-link" href={href} target="_blank" rel="noopener noreferrer">
    {children}
    <ExternalIcon />
  </a>
)
