import type { PropsOf } from './component-props'

export const Code = ({ children, methodsRef }: PropsOf<'Code'>) => (
  <code ref={methodsRef} className="souk-code">
    {children}
  </code>
)
