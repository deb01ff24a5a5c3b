import { RadioGroup as AriaRadioGroup, RadioButton, RadioField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'

export const RadioGroup = ({ value, options, onChange, ...field }: PropsOf<'RadioGroup'>) => (
  <AriaRadioGroup
    className="souk-field souk-radio-group"
    {...fieldProps(field)}
    {...(value === undefined ? {} : { value: value === '' ? null : value })}
    onChange={(next) => onChange?.(next)}
  >
    <FieldLabel label={field.label} required={field.required} />
    <div className="souk-radios">
      {options.map((option) => (
        <RadioField key={option.value} value={option.value} isDisabled={option.disabled ?? false}>
          <RadioButton className="souk-check">
            <span className="souk-radio" />
            <span className="souk-check-label">{option.label}</span>
          </RadioButton>
        </RadioField>
      ))}
    </div>
    <FieldHelp description={field.description} error={field.error} />
  </AriaRadioGroup>
)
