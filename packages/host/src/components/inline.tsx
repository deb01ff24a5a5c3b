import type { PropsOf } from './component-props'

export const Inline = ({ gap = 'small', align = 'center', justify = 'start', children }: PropsOf<'Inline'>) => (
  <div className="souk-inline" data-gap={gap} data-align={align} data-justify={justify}>
    {children}
  </div>
)
