import * as M from '@mantine/core'
import { type PropsOf, useFieldLabel, usePanelValue } from '@souk/host/components'
import { Combobox, Input, MultiSelect, NumberInput, Select, Switch, Textarea } from './fields'
import { Glyph } from './glyph'

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
    <div ref={methodsRef}>
      <Control
        {...field}
        name={name}
        label={useLabel(label, name)}
        value={toText(value)}
        onChange={async (next) => {
          set(next)
          await onChange?.(next)
        }}
      />
    </div>
  )
}

/** Variables are written by hand here, as {{path}}. */
export const VarInput = (props: PropsOf<'VarInput'>) => <StringInput {...props} />

export const NumberField = ({ name, label, onChange, methodsRef, ...field }: PropsOf<'NumberField'>) => {
  const [value, set] = usePanelValue(name)
  return (
    <div ref={methodsRef}>
      <NumberInput
        {...field}
        name={name}
        label={useLabel(label, name)}
        value={typeof value === 'number' ? value : undefined}
        onChange={async (next) => {
          set(next)
          await onChange?.(next)
        }}
      />
    </div>
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
    <div ref={methodsRef}>
      <Switch
        {...field}
        name={name}
        label={useLabel(label, name)}
        checked={value === true}
        onChange={async (next) => {
          set(next)
          await onChange?.(next)
        }}
      />
    </div>
  )
}

export const OptionsInput = ({
  name,
  label,
  multiple = false,
  searchable = false,
  onChange,
  methodsRef,
  ...field
}: PropsOf<'OptionsInput'>) => {
  const [value, set] = usePanelValue(name)
  const shared = { ...field, name, label: useLabel(label, name) }
  const change = async (next: string | readonly string[]) => {
    set(next)
    await onChange?.(next)
  }
  const One = searchable ? Combobox : Select
  return (
    <div ref={methodsRef}>
      {multiple ? (
        <MultiSelect
          {...shared}
          value={Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []}
          onChange={change}
        />
      ) : (
        <One {...shared} value={toText(value)} onChange={change} />
      )}
    </div>
  )
}

export const VarField = ({ name, label, children, methodsRef, ...field }: PropsOf<'VarField'>) => {
  const title = label ?? name ?? ''
  if (!children)
    return (
      <div ref={methodsRef}>
        <VarInput {...field} name={name ?? title} label={title} />
      </div>
    )
  return (
    <M.Fieldset ref={methodsRef} legend={title}>
      {children}
      {field.description ? <M.Input.Description>{field.description}</M.Input.Description> : null}
      {field.error ? <M.Input.Error>{field.error}</M.Input.Error> : null}
    </M.Fieldset>
  )
}

export const VarFieldGroup = ({ label, description, children, methodsRef }: PropsOf<'VarFieldGroup'>) => (
  <M.Fieldset ref={methodsRef} legend={label} variant="filled">
    <M.Stack gap="sm">
      {description ? (
        <M.Text size="sm" c="dimmed">
          {description}
        </M.Text>
      ) : null}
      {children}
    </M.Stack>
  </M.Fieldset>
)

export const FieldRow = ({ children, methodsRef }: PropsOf<'FieldRow'>) => (
  <M.Group ref={methodsRef} grow align="flex-start" gap="sm">
    {children}
  </M.Group>
)

export const FieldDivider = ({ label, methodsRef }: PropsOf<'FieldDivider'>) => (
  <M.Divider ref={methodsRef} my="xs" {...(label ? { label } : {})} />
)

export const InputGroup = ({ prefix, suffix, children, methodsRef }: PropsOf<'InputGroup'>) => (
  <M.Group ref={methodsRef} gap="xs" align="flex-end" wrap="nowrap">
    {prefix ? <M.Text c="dimmed">{prefix}</M.Text> : null}
    <div style={{ flex: 1 }}>{children}</div>
    {suffix ? <M.Text c="dimmed">{suffix}</M.Text> : null}
  </M.Group>
)

const STATUSES = {
  idle: undefined,
  running: { color: 'blue', text: 'Running' },
  success: { color: 'teal', text: 'Done' },
  error: { color: 'red', text: 'Failed' },
} as const

export const WorkflowNode = ({
  title,
  description,
  icon,
  status = 'idle',
  selected = false,
  children,
  methodsRef,
}: PropsOf<'WorkflowNode'>) => (
  <M.Card
    ref={methodsRef}
    component="article"
    aria-label={title}
    withBorder
    shadow={selected ? 'md' : 'xs'}
    padding="sm"
    maw={320}
    {...(selected ? { style: { outline: '2px solid var(--mantine-primary-color-filled)' } } : {})}
  >
    <M.Stack gap="xs">
      <M.Group gap="xs" wrap="nowrap">
        {icon ? (
          <M.ThemeIcon variant="light" aria-hidden="true">
            <Glyph name={icon} />
          </M.ThemeIcon>
        ) : null}
        <div style={{ flex: 1 }}>
          <M.Text fw={600} size="sm">
            {title}
          </M.Text>
          {description ? (
            <M.Text size="xs" c="dimmed">
              {description}
            </M.Text>
          ) : null}
        </div>
        {STATUSES[status] ? (
          <M.Badge color={STATUSES[status].color} variant="light" tt="none">
            {STATUSES[status].text}
          </M.Badge>
        ) : null}
      </M.Group>
      {children}
    </M.Stack>
  </M.Card>
)

export const WorkflowNodeRow = ({ label, children, methodsRef }: PropsOf<'WorkflowNodeRow'>) => (
  <M.Group ref={methodsRef} justify="space-between" gap="xs">
    {label ? (
      <M.Text size="xs" c="dimmed">
        {label}
      </M.Text>
    ) : null}
    {children}
  </M.Group>
)

const NODE_TEXTS = { default: {}, muted: { c: 'dimmed' }, danger: { c: 'var(--mantine-color-red-text)' } } as const

export const WorkflowNodeText = ({ tone = 'default', children, methodsRef }: PropsOf<'WorkflowNodeText'>) => (
  <M.Text ref={methodsRef} span size="sm" {...NODE_TEXTS[tone]}>
    {children}
  </M.Text>
)

export const WorkflowNodeHandle = ({
  id,
  type,
  label,
  connected = false,
  methodsRef,
}: PropsOf<'WorkflowNodeHandle'>) => (
  <M.Group
    ref={methodsRef}
    gap={6}
    role="img"
    aria-label={label ?? id}
    data-handle={id}
    data-type={type}
    {...(type === 'source' ? { justify: 'flex-end' } : {})}
  >
    <M.ColorSwatch
      size={10}
      withShadow={false}
      color={connected ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-gray-5)'}
    />
    {label ? <M.Text size="xs">{label}</M.Text> : null}
  </M.Group>
)
