import { type FieldBuilders, type InferFields, toFieldSchemas } from '../fields/field-builder'
import { validateFields } from '../fields/validate-fields'
import { toPath, writePath } from '../fields/value-path'
import type { FieldSchemas } from '../protocol/field-schema'
import { isRecord } from '../protocol/parse'

type Values = Readonly<Record<string, unknown>>
export type FormErrors = Readonly<Record<string, string>>

/** When a field says what is wrong with it. After the first try to send, it says so at every change. */
export type FormMode = 'onSubmit' | 'onBlur' | 'onChange'

export interface FormOptions<S extends FieldBuilders> {
  readonly schema: S
  readonly defaultValues?: Partial<InferFields<S>> | undefined
  /** What is done with the values. An error with `fields` is shown at its fields; any other above the form. */
  readonly onSubmit?: ((values: InferFields<S>) => unknown) | undefined
  readonly onChange?: ((values: Partial<InferFields<S>>) => void) | undefined
  /** Told of what `onSubmit` threw. */
  readonly onError?: ((error: unknown) => void) | undefined
  readonly onValidationError?: ((errors: FormErrors) => void) | undefined
  readonly mode?: FormMode | undefined
}

export interface FormState {
  readonly values: Values
  readonly errors: FormErrors
  /** What went wrong with the form as a whole. */
  readonly failure: string | undefined
  readonly isSubmitting: boolean
}

/** What can be done with a form from outside. */
export interface FormRef<S extends FieldBuilders = FieldBuilders> {
  getValues(): Partial<InferFields<S>>
  setValue<K extends keyof S & string>(name: K, value: InferFields<S>[K & keyof InferFields<S>] | undefined): void
  /** Shows what is wrong with each field. Says whether all is well. */
  validate(): boolean
  /** Back to where it started, or to other values. */
  reset(values?: Partial<InferFields<S>>): void
  /** Resolves when it is done: `true` when it was sent. A second call while one runs sends nothing. */
  submit(): Promise<boolean>
}

/** One form: values, errors, and what is under way. A field reads and changes its own part. */
export interface FormStore extends FormRef {
  readonly fields: FieldSchemas
  state(): FormState
  subscribe(listener: () => void): () => void
  change(name: string, value: unknown): void
  blur(name: string): void
}

const startValues = (fields: FieldSchemas, given: Values = {}): Values =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = given[name] ?? field.default ?? (field.type === 'boolean' && !field.optional ? false : undefined)
      if (field.type === 'struct' && field.fields)
        return [[name, startValues(field.fields, isRecord(value) ? value : {})]]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** @param options Asked each time, so that a form always calls the newest handlers. */
export const createFormStore = (options: () => FormOptions<FieldBuilders>): FormStore => {
  const fields = toFieldSchemas(options().schema)
  const listeners = new Set<() => void>()
  const initial = (): FormState => ({
    values: startValues(fields, options().defaultValues),
    errors: {},
    failure: undefined,
    isSubmitting: false,
  })
  let state = initial()
  let wasTried = false

  const set = (change: Partial<FormState>) => {
    state = { ...state, ...change }
    for (const listener of [...listeners]) listener()
  }

  const check = (values: Values, names?: (name: string) => boolean): FormErrors => {
    const errors = validateFields(fields, values)
    return names ? Object.fromEntries(Object.entries(errors).filter(([name]) => names(name))) : errors
  }

  const isOrIsIn = (name: string, outer: string) => name === outer || name.startsWith(`${outer}.`)

  const change = (name: string, value: unknown) => {
    const values = writePath(state.values, toPath(name), value) as Values
    const { mode = 'onSubmit' } = options()
    const others = Object.entries(state.errors).filter(([other]) => !isOrIsIn(other, name))
    // What the server said of a field holds until it is changed.
    const own = wasTried || mode === 'onChange' ? check(values, (other) => isOrIsIn(other, name)) : {}
    set({ values, errors: { ...Object.fromEntries(others), ...own }, failure: undefined })
    options().onChange?.(values)
  }

  const validate = () => {
    wasTried = true
    const errors = check(state.values)
    set({ errors, failure: undefined })
    if (Object.keys(errors).length === 0) return true
    options().onValidationError?.(errors)
    return false
  }

  return {
    fields,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change,
    blur(name) {
      if (options().mode !== 'onBlur') return
      const { [name]: _, ...others } = state.errors
      set({ errors: { ...others, ...check(state.values, (other) => isOrIsIn(other, name)) } })
    },
    getValues: () => state.values,
    setValue: (name, value) => change(name, value),
    validate,
    reset(values) {
      wasTried = false
      const { isSubmitting } = state
      set({ ...initial(), isSubmitting, ...(values ? { values: startValues(fields, values) } : {}) })
    },
    async submit() {
      if (state.isSubmitting || !validate()) return false
      set({ isSubmitting: true })
      try {
        await options().onSubmit?.(state.values)
        set({ isSubmitting: false })
        return true
      } catch (error) {
        const given: unknown = isRecord(error) || error instanceof Error ? Reflect.get(error, 'fields') : undefined
        const errors = isRecord(given) ? (given as FormErrors) : {}
        const message = error instanceof Error ? error.message : 'It did not work. Try again.'
        const isShown = Object.keys(errors).some((name) => Object.hasOwn(fields, name.split('.')[0] ?? ''))
        set({ isSubmitting: false, errors, failure: isShown ? undefined : message })
        options().onError?.(error)
        return false
      }
    },
  }
}
