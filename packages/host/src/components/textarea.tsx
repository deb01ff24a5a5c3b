import { TextArea, TextField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'

export const Textarea = ({
  value,
  placeholder,
  maxLength,
  rows = 4,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'Textarea'>) => (
  <TextField
    className="souk-field"
    {...fieldProps(field)}
    {...(value === undefined ? {} : { value })}
    {...(maxLength === undefined ? {} : { maxLength })}
    onChange={(next) => onChange?.(next)}
    onBlur={() => onBlur?.()}
    onFocus={() => onFocus?.()}
  >
    <FieldLabel label={field.label} required={field.required} />
    <TextArea
      ref={methodsRef}
      className="souk-input souk-textarea"
      rows={rows}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
    <FieldHelp description={field.description} error={field.error} />
  </TextField>
)
