import type { PropsOf } from './component-props'
import { PanelHeader } from './panel-header'

export const Card = ({ title, description, actions, footer, children, methodsRef }: PropsOf<'Card'>) => (
  <div ref={methodsRef} className="souk-card">
    <PanelHeader title={title} description={description} actions={actions} level={3} />
    {children ? <div className="souk-card-content">{children}</div> : null}
    {footer ? <div className="souk-card-footer">{footer}</div> : null}
  </div>
)
