import * as M from '@mantine/core'
import { DateInput as MantineDateInput, TimeInput as MantineTimeInput } from '@mantine/dates'
import { type PropsOf, useFileHandles } from '@souk/host/components'
import { type Ref, useRef, useState } from 'react'
import { Glyph } from './glyph'
import { useChoices } from './options'
import { useValue } from './use-value'

export { Option } from './options'

interface FieldProps {
  readonly label: string
  readonly description?: string | undefined
  readonly error?: string | undefined
  readonly name?: string | undefined
  readonly required?: boolean | undefined
  readonly disabled?: boolean | undefined
}

/** What all fields of Mantine share. */
const fieldProps = ({ label, description, error, name, required = false, disabled = false }: FieldProps) => ({
  label,
  description,
  error: error || undefined,
  ...(name === undefined ? {} : { name }),
  required,
  disabled,
})

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
    <M.Stack gap="md">{children}</M.Stack>
  </form>
)

export const FormField = ({
  label,
  description,
  error,
  required = false,
  children,
  methodsRef,
}: PropsOf<'FormField'>) => (
  <M.Input.Wrapper
    ref={methodsRef}
    role="group"
    aria-label={label}
    label={label}
    labelElement="div"
    description={description}
    error={error || undefined}
    withAsterisk={required}
  >
    {children}
  </M.Input.Wrapper>
)

export const Label = ({ required = false, children, methodsRef }: PropsOf<'Label'>) => (
  <M.Input.Label ref={methodsRef} labelElement="div" required={required}>
    {children}
  </M.Input.Label>
)

/** What text fields share on top: a value that its owner gives, or that the field keeps. */
const useText = ({
  value,
  placeholder,
  maxLength,
  onChange,
  onBlur,
  onFocus,
}: Pick<PropsOf<'Input'>, 'value' | 'placeholder' | 'maxLength' | 'onChange' | 'onBlur' | 'onFocus'>) => {
  const [shown, setOwn] = useValue(value, '')
  const change = (next: string) => {
    setOwn(next)
    onChange?.(next)
  }
  return {
    change,
    text: {
      value: shown,
      placeholder,
      maxLength,
      onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
        change(currentTarget.value),
      onBlur: () => onBlur?.(),
      onFocus: () => onFocus?.(),
    },
  }
}

export const Input = ({ type = 'text', methodsRef, ...props }: PropsOf<'Input'>) => {
  const { text } = useText(props)
  const shared = { ...fieldProps(props), ...text }
  return type === 'password' ? (
    // A password manager must not fill a customer's login into an extension's field.
    <M.PasswordInput ref={methodsRef} {...shared} autoComplete="new-password" />
  ) : (
    <M.TextInput ref={methodsRef} {...shared} type={type} autoComplete="off" />
  )
}

export const Textarea = ({ rows = 4, methodsRef, ...props }: PropsOf<'Textarea'>) => {
  const { text } = useText(props)
  return <M.Textarea ref={methodsRef} {...fieldProps(props)} {...text} rows={rows} />
}

export const SearchInput = ({ onSubmit, methodsRef, ...props }: PropsOf<'SearchInput'>) => {
  const { text, change } = useText(props)
  return (
    <M.TextInput
      ref={methodsRef}
      {...fieldProps(props)}
      {...text}
      type="search"
      autoComplete="off"
      leftSection={<Glyph name="search" />}
      rightSection={
        text.value && !props.disabled ? <M.CloseButton aria-label="Clear" size="sm" onClick={() => change('')} /> : null
      }
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSubmit?.(event.currentTarget.value)
      }}
    />
  )
}

export const FileInput = ({
  accept,
  multiple = false,
  maxSizeBytes,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'FileInput'>) => {
  const grant = useFileHandles({ accept, multiple, maxSizeBytes })
  const [chosen, setChosen] = useState<readonly File[]>([])
  const [problem, setProblem] = useState('')
  const choose = (given: readonly File[]) => {
    const { files, handles, refused } = grant(given)
    setChosen(files)
    setProblem(refused.map(({ file, reason }) => `${file.name} was not taken (${reason}).`).join(' '))
    onChange?.(handles)
  }
  const props = {
    ...fieldProps({ ...field, error: problem || field.error }),
    ref: methodsRef as Ref<HTMLButtonElement>,
    clearable: true,
    ...(accept ? { accept: accept.join(',') } : {}),
  }
  return multiple ? (
    <M.FileInput<true> {...props} multiple value={[...chosen]} onChange={choose} />
  ) : (
    <M.FileInput {...props} value={chosen[0] ?? null} onChange={(file) => choose(file ? [file] : [])} />
  )
}

export const NumberInput = ({
  value,
  min,
  max,
  step = 1,
  placeholder,
  onChange,
  onBlur,
  onFocus,
  methodsRef,
  ...field
}: PropsOf<'NumberInput'>) => {
  const [own, setOwn] = useState<number | string>('')
  // While the user types, the text is the user's: `1.` and `1` are one number.
  const shown = value !== undefined && Number(own) !== value ? value : own
  return (
    <M.NumberInput
      ref={methodsRef}
      {...fieldProps(field)}
      value={shown}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      step={step}
      placeholder={placeholder}
      onChange={(next) => {
        setOwn(next)
        const number = Number(next)
        onChange?.(next === '' || Number.isNaN(number) ? undefined : number)
      }}
      onBlur={() => onBlur?.()}
      onFocus={() => onFocus?.()}
    />
  )
}

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
  const [shown, setOwn] = useValue(value, min)
  const { label, name, disabled, required: _, ...wrapper } = fieldProps(field)
  return (
    <M.Input.Wrapper {...wrapper} label={label} labelElement="div" withAsterisk={field.required ?? false}>
      <M.Slider
        ref={focusing(methodsRef, '[role="slider"]')}
        thumbLabel={label}
        min={min}
        max={max}
        step={step}
        disabled={disabled}
        value={shown}
        {...(name === undefined ? {} : { name })}
        onChange={(next) => {
          setOwn(next)
          onChange?.(next)
        }}
        onChangeEnd={(next) => void onChangeEnd?.(next)}
      />
    </M.Input.Wrapper>
  )
}

type ControlMethods = { focus(): void; scrollIntoView(): void }

/** The methods of something whose focus belongs to a part of it. */
const focusing =
  (methodsRef: ((methods: ControlMethods | null) => void) | undefined, selector: string) =>
  (element: HTMLElement | null) =>
    methodsRef?.(
      element && {
        focus: () => element.querySelector<HTMLElement>(selector)?.focus(),
        scrollIntoView: () => element.scrollIntoView(),
      },
    )

export const Checkbox = ({ checked, onChange, methodsRef, ...field }: PropsOf<'Checkbox'>) => {
  const [shown, setOwn] = useValue(checked, false)
  return (
    <M.Checkbox
      ref={methodsRef}
      {...fieldProps(field)}
      checked={shown}
      onChange={({ currentTarget }) => {
        setOwn(currentTarget.checked)
        onChange?.(currentTarget.checked)
      }}
    />
  )
}

export const Switch = ({ checked, onChange, methodsRef, ...field }: PropsOf<'Switch'>) => {
  const [shown, setOwn] = useValue(checked, false)
  return (
    <M.Switch
      ref={methodsRef}
      {...fieldProps(field)}
      checked={shown}
      onChange={({ currentTarget }) => {
        setOwn(currentTarget.checked)
        onChange?.(currentTarget.checked)
      }}
    />
  )
}

/** An empty value is one that nobody has chosen. Mantine tells null when a choice is taken back. */
export const Select = ({
  value,
  placeholder = 'Choose…',
  options,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'Select'>) => {
  const [shown, setOwn] = useValue(value, '')
  const { choices, said } = useChoices(options, children)
  return (
    <>
      {said}
      <M.Select
        ref={methodsRef}
        {...fieldProps(field)}
        data={choices}
        value={shown || null}
        placeholder={placeholder}
        allowDeselect={false}
        onChange={(next) => {
          setOwn(next ?? '')
          onChange?.(next ?? '')
        }}
      />
    </>
  )
}

export const Combobox = ({
  value,
  placeholder,
  options,
  loading = false,
  allowsCustomValue = false,
  onChange,
  onSearch,
  children,
  methodsRef,
  ...field
}: PropsOf<'Combobox'>) => {
  const [shown, setOwn] = useValue(value, '')
  const { choices, said } = useChoices(options, children)
  const change = (next: string) => {
    setOwn(next)
    onChange?.(next)
  }
  const shared = {
    ...fieldProps(field),
    data: choices,
    placeholder,
    rightSection: loading ? <M.Loader size="xs" aria-label="Loading" role="status" /> : null,
    // An extension that listens finds the choices by itself.
    ...(onSearch ? { filter: ({ options: found }: { readonly options: M.ComboboxParsedItem[] }) => found } : {}),
  }
  return (
    <>
      {said}
      {allowsCustomValue ? (
        <M.Autocomplete
          ref={methodsRef}
          {...shared}
          value={shown}
          onChange={(next) => {
            change(next)
            onSearch?.(next)
          }}
        />
      ) : (
        <M.Select
          ref={methodsRef}
          {...shared}
          searchable
          nothingFoundMessage={loading ? 'Loading…' : 'Nothing found'}
          value={shown || null}
          onChange={(next) => change(next ?? '')}
          onSearchChange={(text) => void onSearch?.(text)}
        />
      )}
    </>
  )
}

const NOTHING: readonly string[] = []

export const MultiSelect = ({
  value,
  placeholder,
  options,
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'MultiSelect'>) => {
  const [shown, setOwn] = useValue(value, NOTHING)
  const { choices, said } = useChoices(options, children)
  return (
    <>
      {said}
      <M.MultiSelect
        ref={methodsRef}
        {...fieldProps(field)}
        data={choices}
        value={[...shown]}
        {...(shown.length === 0 ? { placeholder } : {})}
        onChange={(next) => {
          setOwn(next)
          onChange?.(next)
        }}
      />
    </>
  )
}

export const CheckboxGroup = ({ value, options = [], onChange, methodsRef, ...field }: PropsOf<'CheckboxGroup'>) => {
  const [shown, setOwn] = useValue(value, NOTHING)
  const { name: _, disabled, ...shared } = fieldProps(field)
  return (
    <M.Checkbox.Group
      ref={focusing(methodsRef, 'input:checked, input:enabled')}
      {...shared}
      value={[...shown]}
      onChange={(next) => {
        setOwn(next)
        onChange?.(next)
      }}
    >
      <M.Stack gap="xs" mt="xs">
        {options.map((option) => (
          <M.Checkbox
            key={option.value}
            value={option.value}
            label={option.label}
            disabled={disabled || (option.disabled ?? false)}
          />
        ))}
      </M.Stack>
    </M.Checkbox.Group>
  )
}

export const Radio = ({ value, label, disabled = false, children }: PropsOf<'Radio'>) => (
  <M.Radio value={value} label={children ?? label ?? value} disabled={disabled} />
)

export const RadioGroup = ({
  value,
  options = [],
  onChange,
  children,
  methodsRef,
  ...field
}: PropsOf<'RadioGroup'>) => {
  const [shown, setOwn] = useValue(value, '')
  const { disabled, ...shared } = fieldProps(field)
  const group = useRef<HTMLFieldSetElement>(null)
  return (
    // The children are opaque, so it is the fieldset that disables them.
    <M.Fieldset ref={group} variant="unstyled" disabled={disabled}>
      <M.Radio.Group
        ref={focusing(methodsRef, 'input:checked, input:enabled')}
        {...shared}
        value={shown}
        onChange={(next) => {
          setOwn(next)
          onChange?.(next)
        }}
      >
        <M.Stack gap="xs" mt="xs">
          {options.map((option) => (
            <Radio key={option.value} {...option} />
          ))}
          {children}
        </M.Stack>
      </M.Radio.Group>
    </M.Fieldset>
  )
}

export const DateInput = ({ value, min, max, onChange, methodsRef, ...field }: PropsOf<'DateInput'>) => {
  const [shown, setOwn] = useValue(value, '')
  return (
    <MantineDateInput
      ref={methodsRef}
      {...fieldProps(field)}
      value={shown || null}
      {...(min ? { minDate: min } : {})}
      {...(max ? { maxDate: max } : {})}
      clearable
      clearButtonProps={{ 'aria-label': 'Clear' }}
      valueFormat="D MMM YYYY"
      onChange={(next) => {
        setOwn(next ?? '')
        onChange?.(next ?? '')
      }}
    />
  )
}

export const TimeInput = ({ value, onChange, methodsRef, ...field }: PropsOf<'TimeInput'>) => {
  const [shown, setOwn] = useValue(value, '')
  return (
    <MantineTimeInput
      ref={methodsRef}
      {...fieldProps(field)}
      value={shown}
      onChange={({ currentTarget }) => {
        setOwn(currentTarget.value)
        onChange?.(currentTarget.value)
      }}
    />
  )
}
