import type { ReactNode } from 'react'
import { ListBoxItem, Popover } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { CheckIcon } from './icons'
import { useThemeAttribute } from './use-theme-attribute'

export const Option = ({ value, label, disabled = false, children }: PropsOf<'Option'>) => {
  const content = children ?? label ?? value
  const textValue = label ?? (typeof content === 'string' ? content : value)
  return (
    <ListBoxItem id={value} className="souk-option" textValue={textValue} isDisabled={disabled}>
      <span className="souk-option-label">{content}</span>
      <CheckIcon />
    </ListBoxItem>
  )
}

/** The options that came as data. */
export const optionItems = (options: PropsOf<'Select'>['options'] = []) =>
  options.map(({ value, label, disabled }) => <Option key={value} value={value} label={label} disabled={disabled} />)

/** What unfolds below a field. */
export const FieldPopover = ({ children }: { readonly children: ReactNode }) => (
  <Popover className="souk-popover" {...useThemeAttribute()}>
    {children}
  </Popover>
)
