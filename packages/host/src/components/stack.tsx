import type { PropsOf } from './component-props'

export const Stack = ({ gap = 'medium', align = 'stretch', children }: PropsOf<'Stack'>) => (
  <div className="souk-stack" data-gap={gap} data-align={align}>
    {children}
  </div>
)
