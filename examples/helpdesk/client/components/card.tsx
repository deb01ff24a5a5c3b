import type { ReactNode } from 'react'

export interface CardProps {
  readonly title?: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly footer?: ReactNode
  readonly children?: ReactNode
}

export const Card = ({ title, description, actions, footer, children }: CardProps) => (
  <section className="fh-card">
    {title || description || actions ? (
      <header className="fh-card-header">
        <div>
          {title ? <h3>{title}</h3> : null}
          {description ? <p>{description}</p> : null}
        </div>
        {actions ? <div className="fh-card-actions">{actions}</div> : null}
      </header>
    ) : null}
    {children ? <div className="fh-card-body">{children}</div> : null}
    {footer ? <footer className="fh-card-footer">{footer}</footer> : null}
  </section>
)
