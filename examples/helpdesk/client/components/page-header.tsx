import type { ReactNode } from 'react'
import { useDocumentTitle } from '../use-document-title'

export interface PageHeaderProps {
  readonly title: string
  readonly description?: ReactNode
  readonly actions?: ReactNode
}

export const PageHeader = ({ title, description, actions }: PageHeaderProps) => {
  useDocumentTitle(title)
  return (
    <header className="fh-page-header">
      <div>
        <h1>{title}</h1>
        {description ? <p>{description}</p> : null}
      </div>
      {actions ? <div className="fh-page-actions">{actions}</div> : null}
    </header>
  )
}
