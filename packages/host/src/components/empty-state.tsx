import type { PropsOf } from './component-props'
import { EmptyIcon } from './icons'

export const EmptyState = ({ title, description, actions, children, methodsRef }: PropsOf<'EmptyState'>) => (
  <div ref={methodsRef} className="souk-empty">
    <span className="souk-empty-icon">
      <EmptyIcon />
    </span>
    <div className="souk-empty-title">{title}</div>
    {description ? <p className="souk-empty-description">{description}</p> : null}
    {children}
    {actions ? <div className="souk-empty-actions">{actions}</div> : null}
  </div>
)
