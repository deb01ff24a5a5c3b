import type { PropsOf } from './component-props'

// What reads from the other side starts on the other side.
const SIDES = { left: 'start', right: 'end', center: 'center', start: 'start', end: 'end' } as const

export const TextBlock = ({ align = 'start', tone = 'default', children, methodsRef }: PropsOf<'TextBlock'>) => (
  <p ref={methodsRef} className="souk-text souk-text-block" data-align={SIDES[align]} data-tone={tone}>
    {children}
  </p>
)
