import type { ReactNode } from 'react'

export interface BadgeProps {
  readonly tone?: 'neutral' | 'info' | 'success' | 'warning' | 'danger' | undefined
  readonly children?: ReactNode
}

export const Badge = ({ tone = 'neutral', children }: BadgeProps) => (
  <span className="fh-badge" data-tone={tone}>
    {children}
  </span>
)
