import { Combobox } from './combobox'
import type { PropsOf } from './component-props'
import { MultiSelect } from './multi-select'
import { useFieldLabel, usePanelValue } from './panel-context'
import { Select } from './select'

export const OptionsInput = ({
  name,
  label,
  options = [],
  multiple = false,
  searchable = false,
  placeholder,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'OptionsInput'>) => {
  const [value, set] = usePanelValue(name)
  const { shown, spoken } = useFieldLabel(label, name)
  const change = (next: string | readonly string[]) => {
    set(next)
    onChange?.(next)
  }
  const shared = { ...field, name, options, label: shown ?? spoken ?? name, placeholder }
  const isLabelHidden = shown === undefined
  return (
    <div ref={methodsRef} className="souk-bound" data-label-hidden={isLabelHidden || undefined}>
      {multiple ? (
        <MultiSelect
          {...shared}
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          onChange={change}
        />
      ) : searchable ? (
        <Combobox {...shared} value={typeof value === 'string' ? value : ''} onChange={change} />
      ) : (
        <Select {...shared} value={typeof value === 'string' ? value : ''} onChange={change} />
      )}
    </div>
  )
}
