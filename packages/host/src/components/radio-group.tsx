import { useImperativeHandle, useRef } from 'react'
import { RadioGroup as AriaRadioGroup, RadioButton, RadioField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'

export const RadioGroup = ({ value, options, onChange, methodsRef, ...field }: PropsOf<'RadioGroup'>) => {
  const group = useRef<HTMLDivElement>(null)
  useImperativeHandle(methodsRef, () => {
    const find = (selector: string) => group.current?.querySelector<HTMLInputElement>(selector)
    return {
      // Where the Tab key would go.
      focus: () => (find('input:checked') ?? find('input:enabled'))?.focus(),
      scrollIntoView: () => group.current?.scrollIntoView(),
    }
  }, [])
  return (
    <AriaRadioGroup
      ref={group}
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
}
