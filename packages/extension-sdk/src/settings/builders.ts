import type {
  BooleanSetting,
  NumberSetting,
  SecretSetting,
  SelectSetting,
  SettingField,
  StringSetting,
  StructSetting,
} from '../protocol/settings-schema'

/** Whether a value can be missing: `required` is asked for in the form, `defaulted` is never missing. */
export type Presence = 'required' | 'optional' | 'defaulted'

/**
 * One setting. It is plain data with two methods, so that every copy of the SDK understands every other copy's.
 *
 * @typeParam Value What the setting holds, for `InferSettings`.
 */
export interface SettingBuilder<F extends SettingField = SettingField, Value = unknown, P extends Presence = Presence> {
  readonly field: F
  /** The form can be saved without it; the value may be `undefined`. */
  optional(): SettingBuilder<F, Value, P extends 'defaulted' ? 'defaulted' : 'optional'>
  /** The value until somebody sets another; it is never `undefined`. */
  default(value: Value): SettingBuilder<F, Value, 'defaulted'>
  /** Only for the type checker. */
  readonly '~types'?: { readonly value: Value; readonly presence: P }
}

/** A setting without a default: a secret or a struct. */
export interface PlainSettingBuilder<
  F extends SettingField = SettingField,
  Value = unknown,
  P extends Presence = Presence,
> {
  readonly field: F
  optional(): PlainSettingBuilder<F, Value, 'optional'>
  readonly '~types'?: { readonly value: Value; readonly presence: P }
}

/** The settings of one scope, in the order of the form. */
export interface SettingsFields {
  // biome-ignore lint/suspicious/noExplicitAny: `default(value)` takes exactly the builder's own value, so no other type accepts every builder.
  readonly [key: string]: SettingBuilder<any, any, any> | PlainSettingBuilder<any, any, any>
}

type Options<F extends SettingField> = Omit<F, 'type' | 'optional'>
/** `never` is what TypeScript infers of a default that was not given. */
type PresenceOf<Default> = [Default] extends [never] ? 'required' : 'defaulted'

type SecretField<R> = SecretSetting & ([R] extends [never] ? unknown : { readonly reveal: true })

/** A choice: a value that is its own label, or both. */
export type SelectOption = string | { readonly value: string; readonly label: string }
type ValueOf<O> = O extends string ? O : O extends { readonly value: infer V } ? V : never

const build = <F extends SettingField, Value, P extends Presence>(field: F): SettingBuilder<F, Value, P> => ({
  field,
  optional: () => build({ ...field, optional: true }),
  default: (value) => build({ ...field, default: value }),
})

const buildPlain = <F extends SettingField, Value, P extends Presence>(field: F): PlainSettingBuilder<F, Value, P> => ({
  field,
  optional: () => buildPlain({ ...field, optional: true }),
})

const toOption = (option: SelectOption) => (typeof option === 'string' ? { value: option, label: option } : option)

/** Builders for the settings an admin or a user fills in. Chain `.optional()` and `.default(value)`. */
export const Settings = {
  // Only the default is generic: were the options as a whole, TypeScript would let a misspelt one pass.
  string: <D extends string = never>(options: Options<StringSetting> & { readonly default?: D }) =>
    build<StringSetting, string, PresenceOf<D>>({ ...options, type: 'string' }),

  /** Written once and never shown again. Server functions read it only with `reveal: true`; else the egress broker attaches it. */
  secret: <R extends true = never>(options: Options<SecretSetting> & { readonly reveal?: R }) =>
    // The type says `reveal: true` exactly when the options do.
    buildPlain<SecretField<R>, string, 'required'>({ ...options, type: 'secret' } as SecretField<R>),

  number: <D extends number = never>(options: Options<NumberSetting> & { readonly default?: D }) =>
    build<NumberSetting, number, PresenceOf<D>>({ ...options, type: 'number' }),

  boolean: <D extends boolean = never>(options: Options<BooleanSetting> & { readonly default?: D }) =>
    build<BooleanSetting, boolean, PresenceOf<D>>({ ...options, type: 'boolean' }),

  select: <const L extends readonly SelectOption[], D extends ValueOf<L[number]> = never>(
    options: Omit<Options<SelectSetting>, 'options' | 'default'> & { readonly options: L; readonly default?: D },
  ) =>
    build<SelectSetting, ValueOf<L[number]>, PresenceOf<D>>({
      ...options,
      type: 'select',
      options: options.options.map(toOption),
    }),

  /** Settings that belong together. Without a label, the form names it after its key. */
  struct: <const S extends SettingsFields>(
    fields: S,
    options: { readonly label?: string; readonly description?: string } = {},
  ) =>
    buildPlain<StructSetting, S, 'required'>({
      label: '',
      ...options,
      type: 'struct',
      fields: Object.fromEntries(Object.entries(fields).map(([key, builder]) => [key, builder.field])),
    }),
} as const
