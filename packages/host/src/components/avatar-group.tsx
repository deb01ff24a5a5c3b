import type { PropsOf } from './component-props'

export const AvatarGroup = ({ label, children, methodsRef }: PropsOf<'AvatarGroup'>) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls.
  <div ref={methodsRef} className="souk-avatar-group" role="group" aria-label={label}>
    {children}
  </div>
)
