import type { PropsOf } from './component-props'

export const Badge = ({ tone = 'neutral', children }: PropsOf<'Badge'>) => (
  <span className="souk-badge" data-tone={tone}>
    {children}
  </span>
)
