import type { PropsOf } from './component-props'

export const CardHeader = ({ actions, children, methodsRef }: PropsOf<'CardHeader'>) => (
  <div ref={methodsRef} className="souk-panel-header">
    <div className="souk-panel-heading">{children}</div>
    {actions ? <div className="souk-panel-actions">{actions}</div> : null}
  </div>
)

export const CardTitle = ({ children, methodsRef }: PropsOf<'CardTitle'>) => (
  <h3 ref={methodsRef} className="souk-panel-title">
    {children}
  </h3>
)

export const CardDescription = ({ children, methodsRef }: PropsOf<'CardDescription'>) => (
  <p ref={methodsRef} className="souk-panel-description">
    {children}
  </p>
)

export const CardContent = ({ children, methodsRef }: PropsOf<'CardContent'>) => (
  <div ref={methodsRef} className="souk-card-content">
    {children}
  </div>
)

export const CardFooter = ({ children, methodsRef }: PropsOf<'CardFooter'>) => (
  <div ref={methodsRef} className="souk-card-footer">
    {children}
  </div>
)
