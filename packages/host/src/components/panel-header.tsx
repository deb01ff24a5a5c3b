import type { ReactNode } from 'react'

interface PanelHeaderProps {
  readonly title: string | undefined
  readonly description: string | undefined
  readonly actions: ReactNode
  readonly level: 2 | 3
}

/** The title, description and actions on top of a section or a card; nothing when all are absent. */
export const PanelHeader = ({ title, description, actions, level }: PanelHeaderProps) => {
  if (!title && !description && !actions) return null
  const Title = `h${level}` as const
  return (
    <div className="souk-panel-header">
      <div className="souk-panel-heading">
        {title ? <Title className="souk-panel-title">{title}</Title> : null}
        {description ? <p className="souk-panel-description">{description}</p> : null}
      </div>
      {actions ? <div className="souk-panel-actions">{actions}</div> : null}
    </div>
  )
}
