import type { PropsOf } from './component-props'

// A div, not a p: an extension may put any component inside, and a p would end at the first block.
export const Text = ({
  size = 'medium',
  weight = 'regular',
  tone = 'default',
  children,
  methodsRef,
}: PropsOf<'Text'>) => (
  <div ref={methodsRef} className="souk-text" data-size={size} data-weight={weight} data-tone={tone}>
    {children}
  </div>
)
