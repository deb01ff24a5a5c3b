import type { PropsOf } from './component-props'

export const Badge = ({ tone = 'neutral', children, methodsRef }: PropsOf<'Badge'>) => (
  <span ref={methodsRef} className="souk-badge" data-tone={tone}>
    {children}
  </span>
)
