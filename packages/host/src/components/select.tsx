import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { CheckIcon, ChevronDownIcon } from './icons'
import { messages } from './messages'
import { useThemeAttribute } from './use-theme-attribute'

export const Select = ({ value, placeholder, options, onChange, methodsRef, ...field }: PropsOf<'Select'>) => {
  const theme = useThemeAttribute()
  return (
    <AriaSelect
      className="souk-field"
      {...fieldProps(field)}
      // null keeps it controlled while nothing is chosen.
      {...(value === undefined ? {} : { value: value === '' ? null : value })}
      placeholder={placeholder ?? messages.choose}
      disabledKeys={options.flatMap((option) => (option.disabled ? [option.value] : []))}
      onChange={(key) => {
        if (key !== null) onChange?.(String(key))
      }}
    >
      <FieldLabel label={field.label} required={field.required} />
      <Button ref={methodsRef} className="souk-input souk-select">
        <SelectValue className="souk-select-value">
          {({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDownIcon />
      </Button>
      <FieldHelp description={field.description} error={field.error} />
      <Popover className="souk-popover" {...theme}>
        <ListBox className="souk-listbox">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} className="souk-option" textValue={option.label}>
              <span className="souk-option-label">{option.label}</span>
              <CheckIcon />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
