import type { PlaceholderProps } from '../../registry/chrome'
import { Skeleton } from '../skeleton'
import { useThemeAttribute } from '../use-theme-attribute'

export const Placeholder = ({ label }: PlaceholderProps) => (
  <div className="souk-placeholder" role="status" aria-label={label} {...useThemeAttribute()}>
    <Skeleton lines={3} />
  </div>
)
