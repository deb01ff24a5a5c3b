import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { useThemeAttribute } from './use-theme-attribute'

export const Tooltip = ({ content, children }: PropsOf<'Tooltip'>) => (
  <TooltipTrigger delay={400}>
    {children}
    <AriaTooltip className="souk-tooltip" offset={6} {...useThemeAttribute()}>
      {content}
    </AriaTooltip>
  </TooltipTrigger>
)
