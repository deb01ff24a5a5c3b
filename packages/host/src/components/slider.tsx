import { Slider as AriaSlider, SliderFill, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components'
import type { PropsOf } from './component-props'
import { type FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { useGroupMethods } from './use-group-methods'
import { useOwnValue } from './use-own-value'

export const Slider = ({
  value,
  min = 0,
  max = 100,
  step = 1,
  onChange,
  onChangeEnd,
  methodsRef,
  ...field
}: PropsOf<'Slider'>) => {
  const [shown, setOwn] = useOwnValue(value, min)
  const { isDisabled, isInvalid } = fieldProps(field)
  return (
    <AriaSlider
      ref={useGroupMethods(methodsRef)}
      className="souk-field souk-slider"
      isDisabled={isDisabled}
      value={shown}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => {
        setOwn(next)
        onChange?.(next)
      }}
      onChangeEnd={(next) => onChangeEnd?.(next)}
    >
      <div className="souk-slider-text">
        <FieldLabel label={field.label} required={field.required} />
        <SliderOutput className="souk-slider-output" />
      </div>
      <SliderTrack className="souk-slider-track">
        <div className="souk-slider-rail" />
        <SliderFill className="souk-slider-fill" />
        <SliderThumb className="souk-slider-thumb" {...(field.name === undefined ? {} : { name: field.name })} />
      </SliderTrack>
      <SliderHelp description={field.description} error={isInvalid ? field.error : undefined} />
    </AriaSlider>
  )
}

/** React Aria's slider is no form field, and knows no description. */
const SliderHelp = ({ description, error }: Parameters<typeof FieldHelp>[0]) => (
  <>
    {description ? <span className="souk-field-description">{description}</span> : null}
    {error ? (
      <span className="souk-field-error" role="alert">
        {error}
      </span>
    ) : null}
  </>
)
