import { useState } from 'react'
import { Menu as AriaMenu, MenuItem as AriaMenuItem, Button, MenuTrigger, Popover } from 'react-aria-components'
import { useShown } from '../tree/use-shown'
import type { PropsOf } from './component-props'
import { Glyph } from './icon'
import { ChevronDownIcon } from './icons'
import { useThemeAttribute } from './use-theme-attribute'

export const Menu = ({
  label,
  icon,
  variant = 'secondary',
  disabled = false,
  children,
  methodsRef,
}: PropsOf<'Menu'>) => {
  const theme = useThemeAttribute()
  const [isOpen, setOpen] = useState(false)
  const { anchor, isShown } = useShown()
  return (
    <MenuTrigger isOpen={isOpen && isShown} onOpenChange={setOpen}>
      {anchor}
      <Button ref={methodsRef} className="souk-button" data-variant={variant} isDisabled={disabled}>
        {icon ? <Glyph name={icon} /> : null}
        <span className="souk-button-label">{label}</span>
        <ChevronDownIcon />
      </Button>
      <Popover className="souk-popover" placement="bottom end" {...theme}>
        <AriaMenu className="souk-listbox">{children}</AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

export const MenuItem = ({
  label,
  description,
  icon,
  tone = 'default',
  disabled = false,
  onPress,
  children,
}: PropsOf<'MenuItem'>) => (
  <AriaMenuItem
    className="souk-option souk-menu-item"
    data-tone={tone}
    isDisabled={disabled}
    {...(label ? { textValue: label } : {})}
    onAction={() => onPress?.()}
  >
    {icon ? <Glyph name={icon} /> : null}
    <span className="souk-menu-text">
      <span>{children ?? label}</span>
      {description ? (
        // Without a slot, so that all that is seen of the item is in its name.
        <span className="souk-option-description">{description}</span>
      ) : null}
    </span>
  </AriaMenuItem>
)
