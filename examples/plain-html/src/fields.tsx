import { type PropsOf, useFileHandles } from '@souk/host/components'
import { type ReactNode, useId, useState } from 'react'

interface FieldProps {
  readonly label: string
  readonly description?: string | undefined
  readonly error?: string | undefined
  readonly required?: boolean | undefined
  /** Draws the control with the ids of its help. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string }) => ReactNode
}

/** A label, a control and what is to be said about it. */
const Field = ({ label, description, error, required, children }: FieldProps) => {
  const id = useId()
  return (
    <p>
      <label htmlFor={id}>
        {label}
        {required ? ' (required)' : ''}
      </label>{' '}
      {children({ id, 'aria-describedby': `${id}-help` })}
      <small id={`${id}-help`}>
        {description} {error}
      </small>
    </p>
  )
}

/** A value that its owner gives, or that the field keeps. */
const useValue = <T,>(given: T | undefined, initial: T) => {
  const [own, setOwn] = useState(initial)
  return [given ?? own, setOwn] as const
}

export const Form = ({ label, onSubmit, children, methodsRef }: PropsOf<'Form'>) => (
  <form
    ref={methodsRef}
    aria-label={label}
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit?.()
    }}
  >
    {children}
  </form>
)

export const FormField = ({ label, description, error, children, methodsRef }: PropsOf<'FormField'>) => (
  <fieldset ref={methodsRef}>
    <legend>{label}</legend>
    {children}
    <small>
      {description} {error}
    </small>
  </fieldset>
)

export const Button = ({
  label,
  type = 'button',
  disabled = false,
  loading = false,
  onPress,
  children,
  methodsRef,
}: PropsOf<'Button'>) => (
  <button
    ref={methodsRef}
    type={loading ? 'button' : type}
    disabled={disabled}
    aria-busy={loading}
    {...(label && children ? { 'aria-label': label } : {})}
    onClick={() => {
      if (!loading) onPress?.()
    }}
  >
    {children ?? label}
  </button>
)

export const IconButton = ({ label, disabled, onPress, methodsRef }: PropsOf<'IconButton'>) => (
  <button ref={methodsRef} type="button" disabled={disabled} onClick={() => onPress?.()}>
    {label}
  </button>
)

export const FormSubmit = ({ label, loading, loadingText, disabled, children, methodsRef }: PropsOf<'FormSubmit'>) => (
  <button ref={methodsRef} type={loading ? 'button' : 'submit'} disabled={disabled}>
    {loading && loadingText ? loadingText : (children ?? label ?? 'Save')}
  </button>
)

export const Input = ({
  value,
  type = 'text',
  placeholder,
  maxLength,
  disabled,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'Input'>) => {
  const [shown, setOwn] = useValue(value, '')
  return (
    <Field {...field}>
      {(ids) => (
        <input
          ref={methodsRef}
          {...ids}
          type={type}
          name={field.name}
          value={shown}
          placeholder={placeholder}
          maxLength={maxLength}
          disabled={disabled}
          aria-invalid={Boolean(field.error)}
          // A password manager must not fill a customer's login into an extension's field.
          autoComplete={type === 'password' ? 'new-password' : 'off'}
          onChange={(event) => {
            setOwn(event.target.value)
            onChange?.(event.target.value)
          }}
          onBlur={() => onBlur?.()}
          onFocus={() => onFocus?.()}
        />
      )}
    </Field>
  )
}

export const SearchInput = ({ onSubmit, methodsRef, ...props }: PropsOf<'SearchInput'>) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: it hears of the Enter key in the input inside.
  <span
    onKeyDown={(event) => {
      if (event.key === 'Enter' && event.target instanceof HTMLInputElement) onSubmit?.(event.target.value)
    }}
  >
    <Input {...props} type="search" {...(methodsRef ? { methodsRef } : {})} />
  </span>
)

export const Textarea = ({
  value,
  rows = 4,
  placeholder,
  maxLength,
  disabled,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'Textarea'>) => {
  const [shown, setOwn] = useValue(value, '')
  return (
    <Field {...field}>
      {(ids) => (
        <textarea
          ref={methodsRef}
          {...ids}
          name={field.name}
          rows={rows}
          value={shown}
          placeholder={placeholder}
          maxLength={maxLength}
          disabled={disabled}
          aria-invalid={Boolean(field.error)}
          onChange={(event) => {
            setOwn(event.target.value)
            onChange?.(event.target.value)
          }}
          onBlur={() => onBlur?.()}
          onFocus={() => onFocus?.()}
        />
      )}
    </Field>
  )
}

/** The inputs of HTML that hold a text of a certain form. */
const typed =
  (type: 'date' | 'time') =>
  ({
    value,
    disabled,
    onChange,
    methodsRef,
    ...field
  }: PropsOf<'TimeInput'> & { min?: string | undefined; max?: string | undefined }) => {
    const { min, max, ...rest } = field
    return (
      <Field {...rest}>
        {(ids) => (
          <input
            ref={methodsRef}
            {...ids}
            type={type}
            name={rest.name}
            min={min}
            max={max}
            disabled={disabled}
            {...(value === undefined ? {} : { value })}
            onChange={(event) => onChange?.(event.target.value)}
          />
        )}
      </Field>
    )
  }

export const DateInput = typed('date')
export const TimeInput = typed('time')

export const FileInput = ({
  accept,
  multiple = false,
  maxSizeBytes,
  disabled,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'FileInput'>) => {
  const grant = useFileHandles({ accept, multiple, maxSizeBytes })
  const [problem, setProblem] = useState('')
  return (
    <Field {...field} error={problem || field.error}>
      {(ids) => (
        <input
          ref={methodsRef}
          {...ids}
          type="file"
          name={field.name}
          accept={accept?.join(',')}
          multiple={multiple}
          disabled={disabled}
          onChange={({ target }) => {
            const { handles, refused } = grant([...(target.files ?? [])])
            setProblem(refused.map(({ file, reason }) => `${file.name} was not taken (${reason}).`).join(' '))
            onChange?.(handles)
          }}
        />
      )}
    </Field>
  )
}

export const NumberInput = ({
  value,
  min,
  max,
  step = 1,
  placeholder,
  disabled,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'NumberInput'>) => {
  const [own, setOwn] = useState('')
  // While the user types, the text is the user's: `1.` and `1` are one number.
  const shown = value !== undefined && Number(own) !== value ? String(value) : own
  return (
    <Field {...field}>
      {(ids) => (
        <input
          ref={methodsRef}
          {...ids}
          type="number"
          name={field.name}
          value={shown}
          min={min}
          max={max}
          step={step}
          placeholder={placeholder}
          disabled={disabled}
          onChange={(event) => {
            setOwn(event.target.value)
            onChange?.(event.target.value === '' ? undefined : event.target.valueAsNumber)
          }}
          onBlur={() => onBlur?.()}
          onFocus={() => onFocus?.()}
        />
      )}
    </Field>
  )
}

export const Slider = ({
  value,
  min = 0,
  max = 100,
  step = 1,
  disabled,
  onChange,
  onChangeEnd,
  methodsRef,
  ...field
}: PropsOf<'Slider'>) => {
  const [shown, setOwn] = useValue(value, min)
  return (
    <Field {...field}>
      {(ids) => (
        <input
          ref={methodsRef}
          {...ids}
          type="range"
          name={field.name}
          value={shown}
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          onChange={(event) => {
            setOwn(event.target.valueAsNumber)
            onChange?.(event.target.valueAsNumber)
          }}
          onPointerUp={(event) => onChangeEnd?.(event.currentTarget.valueAsNumber)}
          onKeyUp={(event) => onChangeEnd?.(event.currentTarget.valueAsNumber)}
        />
      )}
    </Field>
  )
}

export const Checkbox = ({ checked, disabled, onChange, methodsRef, ...field }: PropsOf<'Checkbox'>) => {
  const [shown, setOwn] = useValue(checked, false)
  return (
    <Field {...field}>
      {(ids) => (
        <input
          ref={methodsRef}
          {...ids}
          type="checkbox"
          name={field.name}
          checked={shown}
          disabled={disabled}
          onChange={(event) => {
            setOwn(event.target.checked)
            onChange?.(event.target.checked)
          }}
        />
      )}
    </Field>
  )
}

export const Switch = (props: PropsOf<'Switch'>) => <Checkbox {...props} />

export const Option = ({ value, label, disabled, children }: PropsOf<'Option'>) => (
  <option value={value} disabled={disabled}>
    {children ?? label ?? value}
  </option>
)

export const Select = ({
  value,
  placeholder = 'Choose…',
  options = [],
  disabled,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'Select'>) => {
  const [shown, setOwn] = useValue(value, '')
  return (
    <Field {...field}>
      {(ids) => (
        <select
          ref={methodsRef}
          {...ids}
          name={field.name}
          value={shown}
          disabled={disabled}
          onChange={(event) => {
            setOwn(event.target.value)
            onChange?.(event.target.value)
          }}
        >
          <option value="">{placeholder}</option>
          {options.map((option) => (
            <Option key={option.value} {...option} />
          ))}
          {children}
        </select>
      )}
    </Field>
  )
}

export const Combobox = ({
  onSearch: _,
  loading: _loading,
  allowsCustomValue: _custom,
  ...props
}: PropsOf<'Combobox'>) => <Select {...props} />

const NOTHING: readonly string[] = []

export const MultiSelect = ({
  value,
  options = [],
  placeholder: _,
  disabled,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'MultiSelect'>) => {
  const [shown, setOwn] = useValue(value, NOTHING)
  return (
    <Field {...field}>
      {(ids) => (
        <select
          ref={methodsRef}
          {...ids}
          multiple
          name={field.name}
          value={[...shown]}
          disabled={disabled}
          onChange={(event) => {
            const next = [...event.target.selectedOptions].map((option) => option.value)
            setOwn(next)
            onChange?.(next)
          }}
        >
          {options.map((option) => (
            <Option key={option.value} {...option} />
          ))}
          {children}
        </select>
      )}
    </Field>
  )
}

export const CheckboxGroup = ({
  value,
  options = [],
  label,
  description,
  error,
  disabled,
  onChange,
  methodsRef,
}: PropsOf<'CheckboxGroup'>) => {
  const [shown, setOwn] = useValue(value, NOTHING)
  return (
    <fieldset ref={methodsRef} tabIndex={-1} disabled={disabled}>
      <legend>{label}</legend>
      {options.map((option) => (
        <Checkbox
          key={option.value}
          label={option.label}
          disabled={option.disabled}
          checked={shown.includes(option.value)}
          onChange={(isOn) => {
            const next = isOn ? [...shown, option.value] : shown.filter((one) => one !== option.value)
            setOwn(next)
            onChange?.(next)
          }}
        />
      ))}
      <small>
        {description} {error}
      </small>
    </fieldset>
  )
}

export const Radio = ({ value, label, disabled, children }: PropsOf<'Radio'>) => (
  <label>
    <input type="radio" name="choice" value={value} disabled={disabled} /> {children ?? label ?? value}
  </label>
)

export const RadioGroup = ({
  value,
  options = [],
  label,
  description,
  error,
  disabled,
  onChange,
  children,
  methodsRef,
}: PropsOf<'RadioGroup'>) => {
  const name = useId()
  return (
    // A radio of the data has a name of its own group; one among the children is told by its event.
    <fieldset
      ref={methodsRef}
      tabIndex={-1}
      disabled={disabled}
      onChange={(event) => {
        if (event.target instanceof HTMLInputElement) onChange?.(event.target.value)
      }}
    >
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            disabled={option.disabled}
            {...(value === undefined ? {} : { checked: option.value === value, readOnly: true })}
          />{' '}
          {option.label}
        </label>
      ))}
      {children}
      <small>
        {description} {error}
      </small>
    </fieldset>
  )
}
