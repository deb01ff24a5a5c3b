import { parseTime, type Time } from '@internationalized/date'
import { DateInput, DateSegment, Group, TimeField } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { useGroupMethods } from './use-group-methods'
import { useOwnValue } from './use-own-value'

const toTime = (text: string): Time | null => {
  try {
    return text ? parseTime(text) : null
  } catch {
    return null
  }
}

export const TimeInput = ({ value, onChange, methodsRef, ...field }: PropsOf<'TimeInput'>) => {
  const [shown, setOwn] = useOwnValue(value, '')
  return (
    <TimeField
      ref={useGroupMethods(methodsRef)}
      className="souk-field"
      {...fieldProps(field)}
      value={toTime(shown)}
      onChange={(time) => {
        const next = time?.toString().slice(0, 5) ?? ''
        setOwn(next)
        onChange?.(next)
      }}
    >
      <FieldLabel label={field.label} required={field.required} />
      <Group className="souk-input souk-input-group">
        <DateInput className="souk-segments">
          {(segment) => <DateSegment segment={segment} className="souk-segment" />}
        </DateInput>
      </Group>
      <FieldHelp description={field.description} error={field.error} />
    </TimeField>
  )
}
