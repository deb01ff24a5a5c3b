import { type CalendarDate, parseDate } from '@internationalized/date'
import {
  DateInput as AriaDateInput,
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
} from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { Glyph } from './icon'
import { FieldPopover } from './option'
import { useGroupMethods } from './use-group-methods'
import { useOwnValue } from './use-own-value'

const toDate = (text: string | undefined): CalendarDate | null => {
  try {
    return text ? parseDate(text) : null
  } catch {
    return null
  }
}

export const DateInput = ({ value, min, max, onChange, methodsRef, ...field }: PropsOf<'DateInput'>) => {
  const [shown, setOwn] = useOwnValue(value, '')
  const from = toDate(min)
  const to = toDate(max)
  return (
    <DatePicker
      ref={useGroupMethods(methodsRef)}
      className="souk-field"
      {...fieldProps(field)}
      value={toDate(shown)}
      {...(from ? { minValue: from } : {})}
      {...(to ? { maxValue: to } : {})}
      onChange={(date) => {
        const next = date?.toString() ?? ''
        setOwn(next)
        onChange?.(next)
      }}
    >
      <FieldLabel label={field.label} required={field.required} />
      <Group className="souk-input souk-input-group">
        <AriaDateInput className="souk-segments">
          {(segment) => <DateSegment segment={segment} className="souk-segment" />}
        </AriaDateInput>
        <Button className="souk-stepper">
          <Glyph name="calendar" />
        </Button>
      </Group>
      <FieldHelp description={field.description} error={field.error} />
      <FieldPopover>
        <Dialog className="souk-calendar-dialog">
          <Calendar className="souk-calendar">
            <header className="souk-calendar-header">
              <Button slot="previous" className="souk-icon-button">
                <Glyph name="arrow-left" />
              </Button>
              <Heading className="souk-calendar-heading" />
              <Button slot="next" className="souk-icon-button">
                <Glyph name="arrow-right" />
              </Button>
            </header>
            <CalendarGrid className="souk-calendar-grid">
              {(date) => <CalendarCell date={date} className="souk-calendar-cell" />}
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </FieldPopover>
    </DatePicker>
  )
}
