import { Button, Group, Input, NumberField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { Glyph } from './icon'
import { useOwnValue } from './use-own-value'

export const NumberInput = ({
  value,
  min,
  max,
  step,
  placeholder,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'NumberInput'>) => {
  // React Aria's word for no number.
  const [shown, setOwn] = useOwnValue(value, Number.NaN)
  return (
    <NumberField
      className="souk-field"
      {...fieldProps(field)}
      value={shown}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(step === undefined ? {} : { step })}
      onChange={(next) => {
        setOwn(next)
        onChange?.(Number.isNaN(next) ? undefined : next)
      }}
      onBlur={() => onBlur?.()}
      onFocus={() => onFocus?.()}
    >
      <FieldLabel label={field.label} required={field.required} />
      <Group className="souk-input souk-input-group">
        <Input ref={methodsRef} className="souk-input-bare" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button slot="decrement" className="souk-stepper">
          <Glyph name="minus" />
        </Button>
        <Button slot="increment" className="souk-stepper">
          <Glyph name="plus" />
        </Button>
      </Group>
      <FieldHelp description={field.description} error={field.error} />
    </NumberField>
  )
}
