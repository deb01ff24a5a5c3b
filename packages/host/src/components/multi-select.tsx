import { Select as AriaSelect, Button, ListBox, SelectValue } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { ChevronDownIcon } from './icons'
import { FieldPopover, optionItems } from './option'
import { useMessages } from './use-messages'
import { useOwnValue } from './use-own-value'

const NOTHING: readonly string[] = []

export const MultiSelect = ({
  value,
  placeholder,
  options,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'MultiSelect'>) => {
  const messages = useMessages()
  const [chosen, setOwn] = useOwnValue(value, NOTHING)
  return (
    <AriaSelect
      className="souk-field"
      {...fieldProps(field)}
      selectionMode="multiple"
      value={chosen}
      placeholder={placeholder ?? messages.choose}
      onChange={(keys) => {
        const next = keys.map(String)
        setOwn(next)
        onChange?.(next)
      }}
    >
      <FieldLabel label={field.label} required={field.required} />
      <Button ref={methodsRef} className="souk-input souk-select">
        <SelectValue className="souk-select-value">
          {({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        {/* How many they are is for those who see only the first ones: drawn by the style, it is no part of the name. */}
        {chosen.length > 1 ? <span className="souk-count" data-count={chosen.length} /> : null}
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
