import type { ReactNode } from 'react'
import { useImperativeHandle, useRef } from 'react'
import {
  NumberField as AriaNumberField,
  Button,
  Group,
  Input,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  SwitchButton,
  SwitchField,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components'
import type { PropsOf } from './component-props'
import { FieldHelp, FieldLabel, fieldProps } from './field-parts'
import { Glyph } from './icon'
import { useFieldLabel, usePanel, usePanelValue } from './panel-context'
import { useMessages } from './use-messages'
import { useThemeAttribute } from './use-theme-attribute'

const toText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

type TextProps = PropsOf<'StringInput'>

/** One line or several, with what stands at its end. */
const BoundText = ({
  name,
  label,
  description,
  error,
  placeholder,
  required,
  disabled,
  multiline = false,
  onChange,
  onBlur,
  methodsRef,
  renderEnd,
}: TextProps & { readonly renderEnd?: (insert: (text: string) => void) => ReactNode }) => {
  const [value, set] = usePanelValue(name)
  const { shown, spoken } = useFieldLabel(label, name)
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  useImperativeHandle(methodsRef, () => ({
    focus: () => input.current?.focus(),
    select: () => input.current?.select(),
    scrollIntoView: () => input.current?.scrollIntoView(),
  }))
  const change = (next: string) => {
    set(next)
    onChange?.(next)
  }
  const insert = (text: string) => {
    const field = input.current
    const before = toText(value)
    const from = field?.selectionStart ?? before.length
    const to = field?.selectionEnd ?? from
    change(before.slice(0, from) + text + before.slice(to))
    // After the menu has given the focus back.
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(from + text.length, from + text.length)
    })
  }
  const shared = { className: 'souk-input', ...(placeholder === undefined ? {} : { placeholder }) }
  return (
    <TextField
      className="souk-field"
      {...fieldProps({ name, required, disabled, error })}
      {...(spoken ? { 'aria-label': spoken } : {})}
      autoComplete="off"
      value={toText(value)}
      onChange={change}
      onBlur={() => onBlur?.()}
    >
      {shown ? <FieldLabel label={shown} required={required} /> : null}
      <div className="souk-input-with" data-ended={renderEnd ? true : undefined}>
        {multiline ? (
          <TextArea ref={input} {...shared} className="souk-input souk-textarea" rows={4} />
        ) : (
          <Input ref={input} {...shared} />
        )}
        {renderEnd?.(insert)}
      </div>
      <FieldHelp description={description} error={error} />
    </TextField>
  )
}

export const StringInput = (props: PropsOf<'StringInput'>) => <BoundText {...props} />

export const VarInput = (props: PropsOf<'VarInput'>) => {
  const messages = useMessages()
  const { variables } = usePanel()
  const theme = useThemeAttribute()
  return (
    <BoundText
      {...props}
      {...(variables.length === 0
        ? {}
        : {
            renderEnd: (insert) => (
              <MenuTrigger>
                <Button
                  className="souk-icon-button souk-input-after"
                  aria-label={messages.insertVariable}
                  isDisabled={props.disabled ?? false}
                >
                  <Glyph name="code" />
                </Button>
                <Popover className="souk-popover" placement="bottom end" {...theme}>
                  <Menu className="souk-listbox" onAction={(key) => insert(`{{${key}}}`)}>
                    {variables.map((variable) => (
                      <MenuItem
                        key={variable.value}
                        id={variable.value}
                        className="souk-option souk-menu-item"
                        textValue={variable.label}
                      >
                        <span className="souk-menu-text">
                          <Text slot="label">{variable.label}</Text>
                          <Text slot="description" className="souk-option-description">
                            {variable.group ?? variable.value}
                          </Text>
                        </span>
                      </MenuItem>
                    ))}
                  </Menu>
                </Popover>
              </MenuTrigger>
            ),
          })}
    />
  )
}

export const NumberField = ({
  name,
  label,
  description,
  error,
  placeholder,
  required,
  disabled,
  min,
  max,
  step,
  onChange,
  onBlur,
  methodsRef,
}: PropsOf<'NumberField'>) => {
  const [value, set] = usePanelValue(name)
  const { shown, spoken } = useFieldLabel(label, name)
  return (
    <AriaNumberField
      ref={methodsRef}
      className="souk-field"
      {...fieldProps({ name, required, disabled, error })}
      {...(spoken ? { 'aria-label': spoken } : {})}
      value={typeof value === 'number' ? value : Number.NaN}
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(step === undefined ? {} : { step })}
      onChange={(next) => {
        const number = Number.isNaN(next) ? undefined : next
        set(number)
        onChange?.(number)
      }}
      onBlur={() => onBlur?.()}
    >
      {shown ? <FieldLabel label={shown} required={required} /> : null}
      <Group className="souk-input souk-input-group">
        <Input className="souk-input-bare" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button slot="decrement" className="souk-stepper">
          <Glyph name="minus" />
        </Button>
        <Button slot="increment" className="souk-stepper">
          <Glyph name="plus" />
        </Button>
      </Group>
      <FieldHelp description={description} error={error} />
    </AriaNumberField>
  )
}

export const BooleanInput = ({
  name,
  label,
  description,
  error,
  required,
  disabled,
  onChange,
  methodsRef,
}: PropsOf<'BooleanInput'>) => {
  const [value, set] = usePanelValue(name)
  const { shown, spoken } = useFieldLabel(label, name)
  return (
    <SwitchField
      ref={methodsRef}
      className="souk-check-field souk-switch-field"
      {...fieldProps({ name, required, disabled, error })}
      {...(spoken ? { 'aria-label': spoken } : {})}
      isSelected={value === true}
      onChange={(next) => {
        set(next)
        onChange?.(next)
      }}
    >
      <SwitchButton className="souk-check">
        <span className="souk-switch">
          <span className="souk-switch-thumb" />
        </span>
        {shown ? <span className="souk-check-label">{shown}</span> : null}
      </SwitchButton>
      <FieldHelp description={description} error={error} />
    </SwitchField>
  )
}
