import { Input as AriaInput, TextField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'

export const Input = ({
  value,
  placeholder,
  maxLength,
  type = 'text',
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'Input'>) => (
  <TextField
    className="souk-field"
    {...fieldProps(field)}
    {...(value === undefined ? {} : { value })}
    {...(maxLength === undefined ? {} : { maxLength })}
    type={type}
    // A password manager must not fill a customer's login into an extension's field.
    autoComplete={type === 'password' ? 'new-password' : 'off'}
    onChange={(next) => onChange?.(next)}
    onBlur={() => onBlur?.()}
    onFocus={() => onFocus?.()}
  >
    <FieldLabel label={field.label} required={field.required} />
    <AriaInput ref={methodsRef} className="souk-input" {...(placeholder === undefined ? {} : { placeholder })} />
    <FieldHelp description={field.description} error={field.error} />
  </TextField>
)
