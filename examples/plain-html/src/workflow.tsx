import { type PropsOf, useFieldLabel, usePanelValue } from '@souk/host/components'
import { Checkbox, Input, MultiSelect, NumberInput, Select, Textarea } from './fields'

const toText = (value: unknown) => (typeof value === 'string' ? value : '')

/** What names a bound field: its own label, the one around it, or its name. */
const useLabel = (label: string | undefined, name: string): string => {
  const { shown, spoken } = useFieldLabel(label, name)
  return shown ?? spoken ?? name
}

export const StringInput = ({
  name,
  label,
  multiline = false,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'StringInput'>) => {
  const [value, set] = usePanelValue(name)
  const Control = multiline ? Textarea : Input
  return (
    <Control
      {...field}
      name={name}
      label={useLabel(label, name)}
      value={toText(value)}
      onChange={(next) => {
        set(next)
        onChange?.(next)
      }}
      {...(methodsRef ? { methodsRef } : {})}
    />
  )
}

/** Variables are written by hand here, as {{path}}. */
export const VarInput = (props: PropsOf<'VarInput'>) => <StringInput {...props} />

export const NumberField = ({ name, label, onChange, methodsRef, ...field }: PropsOf<'NumberField'>) => {
  const [value, set] = usePanelValue(name)
  return (
    <span ref={methodsRef}>
      <NumberInput
        {...field}
        name={name}
        label={useLabel(label, name)}
        value={typeof value === 'number' ? value : undefined}
        onChange={(next) => {
          set(next)
          onChange?.(next)
        }}
      />
    </span>
  )
}

export const BooleanInput = ({
  name,
  label,
  placeholder: _,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'BooleanInput'>) => {
  const [value, set] = usePanelValue(name)
  return (
    <span ref={methodsRef}>
      <Checkbox
        {...field}
        name={name}
        label={useLabel(label, name)}
        checked={value === true}
        onChange={(next) => {
          set(next)
          onChange?.(next)
        }}
      />
    </span>
  )
}

export const OptionsInput = ({
  name,
  label,
  multiple = false,
  searchable: _,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'OptionsInput'>) => {
  const [value, set] = usePanelValue(name)
  const shown = useLabel(label, name)
  const change = (next: string | readonly string[]) => {
    set(next)
    onChange?.(next)
  }
  return (
    <span ref={methodsRef}>
      {multiple ? (
        <MultiSelect
          {...field}
          name={name}
          label={shown}
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          onChange={change}
        />
      ) : (
        <Select {...field} name={name} label={shown} value={toText(value)} onChange={change} />
      )}
    </span>
  )
}

export const VarField = ({ name, label, description, error, children, methodsRef }: PropsOf<'VarField'>) => (
  <fieldset ref={methodsRef}>
    <legend>{label ?? name}</legend>
    {children ?? <VarInput name={name ?? label ?? ''} label={label} />}
    <small>
      {description} {error}
    </small>
  </fieldset>
)

export const VarFieldGroup = ({ label, description, children, methodsRef }: PropsOf<'VarFieldGroup'>) => (
  <fieldset ref={methodsRef}>
    {label ? <legend>{label}</legend> : null}
    {description}
    {children}
  </fieldset>
)

export const FieldDivider = ({ label, methodsRef }: PropsOf<'FieldDivider'>) =>
  label ? <p ref={methodsRef}>{label}</p> : <hr ref={methodsRef} />

export const InputGroup = ({ prefix, suffix, children, methodsRef }: PropsOf<'InputGroup'>) => (
  <div ref={methodsRef}>
    {prefix} {children} {suffix}
  </div>
)

export const WorkflowNode = ({ title, description, status, children, methodsRef }: PropsOf<'WorkflowNode'>) => (
  <article ref={methodsRef} aria-label={title}>
    <h3>{title}</h3>
    {description} {status}
    {children}
  </article>
)

export const WorkflowNodeRow = ({ label, children, methodsRef }: PropsOf<'WorkflowNodeRow'>) => (
  <div ref={methodsRef}>
    {label} {children}
  </div>
)

export const WorkflowNodeHandle = ({ id, label, methodsRef }: PropsOf<'WorkflowNodeHandle'>) => (
  <span ref={methodsRef} data-handle={id}>
    {label ?? id}
  </span>
)
