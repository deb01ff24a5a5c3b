import type { PropsOf } from './component-props'
import { PanelHeader } from './panel-header'

export const Section = ({ title, description, actions, children, methodsRef }: PropsOf<'Section'>) => (
  <section ref={methodsRef} className="souk-section">
    <PanelHeader title={title} description={description} actions={actions} level={2} />
    {children}
  </section>
)
