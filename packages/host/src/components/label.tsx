import type { PropsOf } from './component-props'

export const Label = ({ required = false, children, methodsRef }: PropsOf<'Label'>) => (
  <span ref={methodsRef} className="souk-label">
    {children}
    {required ? (
      <span className="souk-required" aria-hidden="true">
        *
      </span>
    ) : null}
  </span>
)
