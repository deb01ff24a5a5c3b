import type { PropsOf } from './component-props'
import { ExternalIcon } from './icons'

export const Link = ({ href, children, methodsRef }: PropsOf<'Link'>) => (
  // noreferrer: the address of a customer's record must not reach an outside site.
  <a ref={methodsRef} className="souk-link" href={href || undefined} target="_blank" rel="noopener noreferrer">
    {children}
    <ExternalIcon />
  </a>
)
