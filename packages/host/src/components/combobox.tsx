import { Button, ComboBox, Input, ListBox } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { ChevronDownIcon } from './icons'
import { FieldPopover, optionItems } from './option'
import { Spinner } from './spinner'
import { useMessages } from './use-messages'

export const Combobox = ({
  value,
  placeholder,
  options,
  loading = false,
  allowsCustomValue = false,
  onChange,
  onSearch,
  children,
  methodsRef,
  ...field
}: PropsOf<'Combobox'>) => {
  const messages = useMessages()
  return (
    <ComboBox
      className="souk-field"
      {...fieldProps(field)}
      {...(value === undefined ? {} : { value: value === '' ? null : value })}
      allowsCustomValue={allowsCustomValue}
      allowsEmptyCollection
      // Who searches elsewhere has already chosen what is shown.
      {...(onSearch ? { defaultFilter: () => true, onInputChange: (text: string) => onSearch(text) } : {})}
      onChange={(key) => onChange?.(key === null ? '' : String(key))}
    >
      <FieldLabel label={field.label} required={field.required} />
      <div className="souk-input-with">
        <Input
          ref={methodsRef}
          className="souk-input souk-input-ended"
          {...(placeholder === undefined ? {} : { placeholder })}
        />
        <Button className="souk-icon-button souk-input-after">
          {loading ? <Spinner label={messages.loading} /> : <ChevronDownIcon />}
        </Button>
      </div>
      <FieldHelp description={field.description} error={field.error} />
      <FieldPopover>
        <ListBox
          className="souk-listbox"
          renderEmptyState={() => (
            <div className="souk-listbox-empty">{loading ? messages.loading : messages.nothingFound}</div>
          )}
        >
          {optionItems(options)}
          {children}
        </ListBox>
      </FieldPopover>
    </ComboBox>
  )
}
