import type { PropsOf } from './component-props'

export const Typography = ({
  variant = 'body',
  align = 'start',
  tone = 'default',
  children,
  methodsRef,
}: PropsOf<'Typography'>) => (
  <p ref={methodsRef} className="souk-text souk-typography" data-variant={variant} data-align={align} data-tone={tone}>
    {children}
  </p>
)
