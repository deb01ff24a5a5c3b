import type { PropsOf } from './component-props'

export const Stack = ({ gap = 'medium', align = 'stretch', children, methodsRef }: PropsOf<'Stack'>) => (
  <div ref={methodsRef} className="souk-stack" data-gap={gap} data-align={align}>
    {children}
  </div>
)
