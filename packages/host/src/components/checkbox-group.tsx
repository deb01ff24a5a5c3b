import { CheckboxGroup as AriaCheckboxGroup, CheckboxButton, CheckboxField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { CheckIcon } from './icons'
import { useGroupMethods } from './use-group-methods'
import { useOwnValue } from './use-own-value'

const NOTHING: readonly string[] = []

export const CheckboxGroup = ({ value, options = [], onChange, methodsRef, ...field }: PropsOf<'CheckboxGroup'>) => {
  const group = useGroupMethods(methodsRef)
  const [chosen, setOwn] = useOwnValue(value, NOTHING)
  return (
    <AriaCheckboxGroup
      ref={group}
      className="souk-field"
      {...fieldProps(field)}
      value={[...chosen]}
      onChange={(next) => {
        setOwn(next)
        onChange?.(next)
      }}
    >
      <FieldLabel label={field.label} required={field.required} />
      <div className="souk-radios">
        {options.map((option) => (
          <CheckboxField key={option.value} value={option.value} isDisabled={option.disabled ?? false}>
            <CheckboxButton className="souk-check">
              <span className="souk-checkbox">
                <CheckIcon />
              </span>
              <span className="souk-check-label">{option.label}</span>
            </CheckboxButton>
          </CheckboxField>
        ))}
      </div>
      <FieldHelp description={field.description} error={field.error} />
    </AriaCheckboxGroup>
  )
}
