import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { useThemeAttribute } from './use-theme-attribute'

export const IconButton = ({
  label,
  icon,
  variant = 'quiet',
  size = 'medium',
  disabled = false,
  onPress,
  methodsRef,
}: PropsOf<'IconButton'>) => (
  <TooltipTrigger delay={600}>
    <Button
      ref={methodsRef}
      className="souk-button souk-button-square"
      data-variant={variant}
      data-size={size}
      isDisabled={disabled}
      aria-label={label}
      onPress={() => onPress?.()}
    >
      <Glyph name={icon} />
    </Button>
    <Tooltip className="souk-tooltip" offset={6} {...useThemeAttribute()}>
      {label}
    </Tooltip>
  </TooltipTrigger>
)
