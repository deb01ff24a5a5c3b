import type { PropsOf } from './component-props'

export const Box = ({ padding = 'medium', surface = 'none', border = false, children, methodsRef }: PropsOf<'Box'>) => (
  <div
    ref={methodsRef}
    className="souk-box"
    data-padding={padding}
    data-surface={surface}
    data-border={border || undefined}
  >
    {children}
  </div>
)
