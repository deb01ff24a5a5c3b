import { Select as AriaSelect, Button, ListBox, SelectValue } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { ChevronDownIcon } from './icons'
import { FieldPopover, optionItems } from './option'
import { useMessages } from './use-messages'

export const Select = ({
  value,
  placeholder,
  options,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'Select'>) => {
  const messages = useMessages()
  return (
    <AriaSelect
      className="souk-field"
      {...fieldProps(field)}
      // null keeps it controlled while nothing is chosen.
      {...(value === undefined ? {} : { value: value === '' ? null : value })}
      placeholder={placeholder ?? messages.choose}
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
      <FieldPopover>
        <ListBox className="souk-listbox">
          {optionItems(options)}
          {children}
        </ListBox>
      </FieldPopover>
    </AriaSelect>
  )
}
