import type { PropsOf } from './component-props'
import { ToneIcon } from './tone-icon'

export const Alert = ({ tone = 'info', title, actions, children, methodsRef }: PropsOf<'Alert'>) => (
  <div ref={methodsRef} className="souk-alert" data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
    <ToneIcon tone={tone} />
    <div className="souk-alert-body">
      {title ? <div className="souk-alert-title">{title}</div> : null}
      {children ? <div className="souk-alert-content">{children}</div> : null}
      {actions ? <div className="souk-alert-actions">{actions}</div> : null}
    </div>
  </div>
)
