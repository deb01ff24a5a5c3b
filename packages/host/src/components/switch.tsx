import { SwitchButton, SwitchField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, fieldProps } from './field-parts'

export const Switch = ({ checked, onChange, methodsRef, ...field }: PropsOf<'Switch'>) => (
  <SwitchField
    className="souk-check-field souk-switch-field"
    {...fieldProps(field)}
    {...(checked === undefined ? {} : { isSelected: checked })}
    {...(methodsRef ? { inputRef: methodsRef } : {})}
    onChange={(next) => onChange?.(next)}
  >
    <SwitchButton className="souk-check">
      <span className="souk-switch">
        <span className="souk-switch-thumb" />
      </span>
      <span className="souk-check-label">{field.label}</span>
    </SwitchButton>
    <FieldHelp description={field.description} error={field.error} />
  </SwitchField>
)
