import type { PropsOf } from './component-props'

export const Inline = ({
  gap = 'small',
  align = 'center',
  justify = 'start',
  children,
  methodsRef,
}: PropsOf<'Inline'>) => (
  <div ref={methodsRef} className="souk-inline" data-gap={gap} data-align={align} data-justify={justify}>
    {children}
  </div>
)
