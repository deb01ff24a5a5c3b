import {
  type ComponentProps,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  type Ref,
  useContext,
  useImperativeHandle,
  useState,
  useSyncExternalStore,
} from 'react'
import type { FieldBuilders, InferFields } from '../fields/field-builder'
import { labelOf } from '../fields/label-of'
import { readPath, toPath } from '../fields/value-path'
import type { FieldSchema } from '../protocol/field-schema'
import { SdkError } from '../sdk-error'
import type * as contract from './components'
import { createFormStore, type FormOptions, type FormRef, type FormState, type FormStore } from './form-store'

/** A component of the contract by its name, which is all that React needs of it. */
const element = (name: string, props: Readonly<Record<string, unknown>>, ...children: readonly ReactNode[]) =>
  createElement(name, props, ...children)

const FormContext = createContext<FormStore | undefined>(undefined)

const stores = new WeakMap<object, FormStore>()

/** A form that a component holds: pass it to `<Form form={form}>`. */
export interface FormApi<S extends FieldBuilders> extends FormRef<S> {
  readonly values: Partial<InferFields<S>>
  readonly errors: Readonly<Record<string, string>>
  readonly isSubmitting: boolean
}

const useStore = (options: FormOptions<FieldBuilders>): FormStore => {
  const [{ newest, store }] = useState(() => {
    const newest = { options }
    return { newest, store: createFormStore(() => newest.options) }
  })
  newest.options = options
  return store
}

/**
 * A form bound to a schema of `Forms` builders, for a component that wants to read or change it.
 * `<Form schema onSubmit>` makes one by itself.
 */
export const useForm = <const S extends FieldBuilders>(options: FormOptions<S>): FormApi<S> => {
  // Handlers take the values of their own schema; the store gives them nothing else.
  const store = useStore(options as unknown as FormOptions<FieldBuilders>)
  const { values, errors, isSubmitting } = useSyncExternalStore(store.subscribe, store.state)
  const api = { ...store, values, errors, isSubmitting } as unknown as FormApi<S>
  stores.set(api, store)
  return api
}

type ContractFormProps = ComponentProps<typeof contract.Form>

export type FormProps<S extends FieldBuilders> = Omit<ContractFormProps, 'onSubmit' | 'ref'> &
  FormOptions<S> & { readonly form?: undefined; readonly ref?: Ref<FormRef<S>> | undefined }

type HeldFormProps<S extends FieldBuilders> = Omit<ContractFormProps, 'onSubmit' | 'ref'> & {
  readonly form: FormApi<S>
  readonly schema?: undefined
}

/**
 * Fields that are sent together. With a `schema` or a `form`, the `FormField`s inside are bound to it by their names;
 * without either, the fields are your own.
 */
export const Form: {
  <const S extends FieldBuilders>(props: FormProps<S>): ReactElement
  <const S extends FieldBuilders>(props: HeldFormProps<S>): ReactElement
  (props: ContractFormProps & { readonly schema?: undefined; readonly form?: undefined }): ReactElement
} = (props: object): ReactElement => {
  const { form, schema } = props as { readonly form?: object; readonly schema?: FieldBuilders }
  if (form) return createElement(HeldForm, props as HeldFormProps<FieldBuilders>)
  return schema ? createElement(OwnForm, props as FormProps<FieldBuilders>) : element('Form', { ...props })
}

const HeldForm = ({ form, children, label }: HeldFormProps<FieldBuilders>) => {
  const store = stores.get(form)
  if (!store) throw new SdkError('INVALID_INPUT', '<Form form> takes what useForm returned.')
  return createElement(BoundForm, { store, label, children })
}

const OwnForm = ({ children, label, ref, ...options }: FormProps<FieldBuilders>) => {
  const store = useStore(options)
  useImperativeHandle(ref, () => store, [store])
  return createElement(BoundForm, { store, label, children })
}

interface BoundFormProps {
  readonly store: FormStore
  readonly label?: string | undefined
  readonly children?: ReactNode
}

const BoundForm = ({ store, label, children }: BoundFormProps) => {
  const failure = useFormPart(store, (state) => state.failure)
  return element(
    'Form',
    // What fails is shown in the form.
    { ...(label === undefined ? {} : { label }), onSubmit: () => void store.submit() },
    failure === undefined ? null : element('Alert', { tone: 'danger', title: failure, key: 'failure' }),
    createElement(FormContext, { value: store, key: 'fields' }, children),
  )
}

const useFormPart = <T>(store: FormStore, read: (state: FormState) => T): T => {
  const get = () => read(store.state())
  return useSyncExternalStore(store.subscribe, get)
}

type ContractFieldProps = ComponentProps<typeof contract.FormField>

/** A field of the form around it, by its name. What is left out, such as the label, its schema says. */
export interface BoundFieldProps {
  /** `address.city` inside a struct. */
  readonly name: string
  readonly label?: string | undefined
  readonly placeholder?: string | undefined
  readonly description?: string | undefined
  readonly disabled?: boolean | undefined
}

/** A field of a form: by its `name`, or a label, help and an error around one control of your own. */
export const FormField: {
  (props: BoundFieldProps): ReactElement
  (props: ContractFieldProps & { readonly name?: undefined }): ReactElement
} = (props: object): ReactElement =>
  (props as { readonly name?: string }).name === undefined
    ? element('FormField', { ...props })
    : createElement(BoundField, props as BoundFieldProps)

const BoundField = ({ name, ...given }: BoundFieldProps) => {
  const store = useContext(FormContext)
  if (!store)
    throw new SdkError('INVALID_INPUT', `<FormField name="${name}"> stands in no <Form schema>, so it has no value.`)
  const field = fieldAt(store, name)
  const label = given.label ?? field.label ?? labelOf(name.split('.').at(-1) ?? name)
  return createElement(FieldControl, {
    store,
    name,
    field: { ...field, ...definedOf(given) },
    label,
    disabled: given.disabled,
  })
}

const definedOf = ({ placeholder, description }: Omit<BoundFieldProps, 'name'>): Partial<FieldSchema> => ({
  ...(placeholder === undefined ? {} : { placeholder }),
  ...(description === undefined ? {} : { description }),
})

const fieldAt = (store: FormStore, name: string): FieldSchema => {
  let fields = store.fields
  let found: FieldSchema | undefined
  for (const key of name.split('.')) {
    found = found?.type === 'array' ? found.items : Object.hasOwn(fields, key) ? fields[key] : undefined
    fields = found?.fields ?? {}
  }
  if (found) return found
  throw new SdkError('INVALID_INPUT', `The schema of the form has no field ${name}. Correct the name of the FormField.`)
}

interface FieldControlProps {
  readonly store: FormStore
  readonly name: string
  readonly field: FieldSchema
  readonly label: string
  readonly disabled?: boolean | undefined
}

const INPUT_TYPES: Readonly<Record<string, string>> = { email: 'email', url: 'url', phone: 'tel', secret: 'password' }

const FieldControl = ({ store, name, field, label, disabled }: FieldControlProps): ReactElement => {
  const value = useFormPart(store, ({ values }) => readPath(values, toPath(name)))
  const error = useFormPart(store, ({ errors }) => errors[name])
  const { type, placeholder, description, options, min, max, step, maxLength, multiline } = field
  const common = {
    name,
    label,
    ...(description === undefined ? {} : { description }),
    ...(error === undefined ? {} : { error }),
    ...(disabled ? { disabled } : {}),
    ...(field.optional || type === 'boolean' ? {} : { required: true }),
    onChange: (next: unknown) => store.change(name, next === '' ? undefined : next),
  }
  const onBlur = () => store.blur(name)
  const shown = { ...common, ...(placeholder === undefined ? {} : { placeholder }) }
  switch (type) {
    case 'boolean':
      return element('Checkbox', { ...common, checked: value === true })
    case 'select':
      return element('Select', { ...shown, value: textOf(value), options: options ?? [] })
    case 'number':
    case 'currency':
      return element('NumberInput', {
        ...shown,
        onBlur,
        ...(typeof value === 'number' ? { value } : {}),
        // The smallest number stands for "more than 0", which the check says better than a control.
        ...(min === undefined || min === Number.MIN_VALUE ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(step === undefined ? {} : { step }),
      })
    case 'date':
    case 'time':
      return element(type === 'date' ? 'DateInput' : 'TimeInput', { ...common, value: textOf(value) })
    case 'struct':
      return element(
        'Section',
        { title: label },
        ...Object.keys(field.fields ?? {}).map((key) => createElement(BoundField, { name: `${name}.${key}`, key })),
      )
    case 'array':
      return createElement(ListControl, { store, name, field, label, disabled })
    default:
      return element(multiline ? 'Textarea' : 'Input', {
        ...shown,
        onBlur,
        value: textOf(value),
        ...(maxLength === undefined ? {} : { maxLength }),
        ...(!multiline && INPUT_TYPES[type] ? { type: INPUT_TYPES[type] } : {}),
      })
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Items one below the other, with what adds and removes one. */
const ListControl = ({ store, name, label, disabled = false }: FieldControlProps) => {
  const value = useFormPart(store, ({ values }) => readPath(values, toPath(name)))
  const error = useFormPart(store, ({ errors }) => errors[name])
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return element(
    'Section',
    { title: label },
    error === undefined ? null : element('Text', { tone: 'danger', key: 'error' }, error),
    ...items.map((_, index) =>
      element(
        'Inline',
        // An item has no name of its own; the values are the form's, so none is lost when one before it goes.
        { key: index },
        createElement(BoundField, { name: `${name}.${index}`, label: `${label} ${index + 1}`, disabled }),
        element('IconButton', {
          label: `Remove ${label} ${index + 1}`,
          icon: 'trash',
          disabled,
          onPress: () =>
            store.change(
              name,
              items.filter((_item, place) => place !== index),
            ),
        }),
      ),
    ),
    element('Button', {
      key: 'add',
      label: `Add to ${label}`,
      size: 'small',
      disabled,
      onPress: () => store.change(name, [...items, undefined]),
    }),
  )
}

/** Every field of the form around it, in the order of the schema. */
export const FormFields = (): ReactElement => {
  const store = useContext(FormContext)
  if (!store) throw new SdkError('INVALID_INPUT', '<FormFields> stands in no <Form schema>, so it has no fields.')
  return element(
    'Stack',
    {},
    ...Object.keys(store.fields).map((name) => createElement(BoundField, { name, key: name })),
  )
}

type FormSubmitProps = ComponentProps<typeof contract.FormSubmit>

/** The button that sends its form. It says so while the form is being sent, and cannot be pressed then. */
export const FormSubmit = (props: FormSubmitProps): ReactElement => {
  const store = useContext(FormContext)
  return store ? createElement(BoundSubmit, { ...props, store }) : element('FormSubmit', { ...props })
}

const BoundSubmit = ({ store, disabled, ...props }: FormSubmitProps & { readonly store: FormStore }) => {
  const loading = useFormPart(store, ({ isSubmitting }) => isSubmitting)
  return element('FormSubmit', { ...props, loading, disabled: disabled === true || loading })
}
