import type { ComponentContract } from '../contract'
import type { PropSchema } from '../prop-schema'
import {
  base,
  container,
  controlMethods,
  field,
  flag,
  named,
  oneOf,
  optionalStrings,
  options,
  string,
  strings,
  text,
  textMethods,
} from './parts'

/** What the user fills in. The host owns the values, so no keystroke waits. */
export const createFieldComponents = () => {
  const number = { type: 'number', optional: true } as const

  const handle = {
    type: 'object',
    fields: { id: string, name: string, size: { type: 'number' }, type: string },
  } as const satisfies PropSchema

  const textField = {
    ...base,
    props: {
      ...field,
      value: text,
      placeholder: text,
      maxLength: { type: 'number', min: 1, integer: true, optional: true },
    },
    events: { onChange: [string], onBlur: [], onFocus: [] },
    controlled: { value: 'value', event: 'onChange' },
    methods: textMethods,
    named,
  } as const satisfies Omit<ComponentContract, 'description'>

  const checkable = {
    ...base,
    props: { ...field, checked: flag },
    events: { onChange: [{ type: 'boolean' }] },
    controlled: { value: 'checked', event: 'onChange' },
    methods: controlMethods,
    named,
  } as const satisfies Omit<ComponentContract, 'description'>

  const choice = {
    ...container,
    events: { onChange: [string] },
    controlled: { value: 'value', event: 'onChange' },
    methods: controlMethods,
    named,
  } as const

  const choices = {
    ...container,
    props: { ...field, value: optionalStrings, options },
    events: { onChange: [strings] },
    controlled: { value: 'value', event: 'onChange' },
    methods: controlMethods,
    named,
  } as const

  return {
    Form: {
      ...container,
      description: 'Fields that are sent together.',
      props: { label: text },
      events: { onSubmit: [] },
      methods: ['reset', 'scrollIntoView'],
    },
    FormField: {
      ...container,
      description: 'A label, help and an error around one control that has none of its own.',
      props: { label: string, description: text, error: text, required: flag },
      named,
    },
    FormSubmit: {
      ...container,
      description: 'The button that sends its form.',
      props: {
        label: text,
        loadingText: text,
        loading: flag,
        disabled: flag,
        variant: oneOf('primary', 'secondary', 'danger'),
      },
      methods: controlMethods,
    },
    Label: {
      ...container,
      description: 'The look of a label, for what is no field. A field has its own.',
      props: { required: flag },
    },
    Input: {
      ...textField,
      description: 'One line of text.',
      props: { ...textField.props, type: oneOf('text', 'email', 'url', 'tel', 'password', 'search') },
    },
    Textarea: {
      ...textField,
      description: 'Several lines of text.',
      props: { ...textField.props, rows: { type: 'number', min: 1, max: 40, integer: true, optional: true } },
    },
    SearchInput: {
      ...textField,
      description: 'Text that narrows down what is shown, with a button to clear it.',
      events: { ...textField.events, onSubmit: [string] },
    },
    NumberInput: {
      ...base,
      description: 'A number, written the way of the locale.',
      props: { ...field, value: number, min: number, max: number, step: number, placeholder: text },
      events: { onChange: [number], onBlur: [], onFocus: [] },
      controlled: { value: 'value', event: 'onChange' },
      methods: textMethods,
      named,
    },
    Select: {
      ...choice,
      description: 'One of a few choices.',
      props: { ...field, value: text, placeholder: text, options },
    },
    Option: {
      ...container,
      description: 'One choice of a Select, Combobox or MultiSelect.',
      props: { value: string, label: text, disabled: flag },
      methods: [],
    },
    Combobox: {
      ...choice,
      description: 'One of many choices, found by typing. With onSearch, the extension finds them.',
      props: { ...field, value: text, placeholder: text, options, loading: flag, allowsCustomValue: flag },
      events: { onChange: [string], onSearch: [string] },
    },
    MultiSelect: { ...choices, description: 'Some of a few choices.', props: { ...choices.props, placeholder: text } },
    Checkbox: { ...checkable, description: 'Yes or no, as part of a form.' },
    CheckboxGroup: { ...choices, description: 'Some of a few choices, all in sight.', children: false },
    RadioGroup: {
      ...choice,
      description: 'One of a few choices, all in sight.',
      props: { ...field, value: text, options },
    },
    Radio: {
      ...container,
      description: 'One choice of a RadioGroup.',
      props: { value: string, label: text, disabled: flag },
      methods: [],
    },
    Switch: { ...checkable, description: 'On or off, at once.' },
    Slider: {
      ...base,
      description: 'A number in a range, when about right is right enough.',
      props: { ...field, value: number, min: number, max: number, step: number },
      events: { onChange: [{ type: 'number' }], onChangeEnd: [{ type: 'number' }] },
      controlled: { value: 'value', event: 'onChange' },
      methods: controlMethods,
      named,
    },
    DateInput: {
      ...base,
      description: 'A day, as YYYY-MM-DD. Empty when there is none.',
      props: { ...field, value: text, min: text, max: text },
      events: { onChange: [string] },
      controlled: { value: 'value', event: 'onChange' },
      methods: controlMethods,
      named,
    },
    TimeInput: {
      ...base,
      description: 'A time of day, as HH:MM in 24 hours. Empty when there is none.',
      props: { ...field, value: text },
      events: { onChange: [string] },
      controlled: { value: 'value', event: 'onChange' },
      methods: controlMethods,
      named,
    },
    FileInput: {
      ...base,
      description:
        'Files that the user chooses. The extension gets a handle for each, which a server function reads; never the bytes.',
      props: {
        ...field,
        accept: optionalStrings,
        multiple: flag,
        maxSizeBytes: { type: 'number', min: 1, integer: true, optional: true },
      },
      events: { onChange: [{ type: 'array', items: handle }] },
      methods: controlMethods,
      named,
    },
  } as const satisfies Readonly<Record<string, ComponentContract>>
}
