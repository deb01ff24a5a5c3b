import { CheckboxButton, CheckboxField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, fieldProps } from './field-parts'
import { CheckIcon } from './icons'

export const Checkbox = ({ checked, onChange, methodsRef, ...field }: PropsOf<'Checkbox'>) => (
  <CheckboxField
    className="souk-check-field"
    {...fieldProps(field)}
    {...(checked === undefined ? {} : { isSelected: checked })}
    {...(methodsRef ? { inputRef: methodsRef } : {})}
    onChange={(next) => onChange?.(next)}
  >
    <CheckboxButton className="souk-check">
      <span className="souk-checkbox">
        <CheckIcon />
      </span>
      <span className="souk-check-label">
        {field.label}
        {field.required ? (
          <span className="souk-required" aria-hidden="true">
            *
          </span>
        ) : null}
      </span>
    </CheckboxButton>
    <FieldHelp description={field.description} error={field.error} />
  </CheckboxField>
)
