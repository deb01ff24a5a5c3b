import { RadioGroup as AriaRadioGroup, RadioButton, RadioField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { useGroupMethods } from './use-group-methods'

export const RadioGroup = ({
  value,
  options = [],
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'RadioGroup'>) => (
  <AriaRadioGroup
    ref={useGroupMethods(methodsRef)}
    className="souk-field souk-radio-group"
    {...fieldProps(field)}
    {...(value === undefined ? {} : { value: value === '' ? null : value })}
    onChange={(next) => onChange?.(next)}
  >
    <FieldLabel label={field.label} required={field.required} />
    <div className="souk-radios">
      {options.map((option) => (
        <Radio key={option.value} value={option.value} label={option.label} disabled={option.disabled} />
      ))}
      {children}
    </div>
    <FieldHelp description={field.description} error={field.error} />
  </AriaRadioGroup>
)

export const Radio = ({ value, label, disabled = false, children }: PropsOf<'Radio'>) => (
  <RadioField value={value} isDisabled={disabled}>
    <RadioButton className="souk-check">
      <span className="souk-radio" />
      <span className="souk-check-label">{children ?? label ?? value}</span>
    </RadioButton>
  </RadioField>
)
