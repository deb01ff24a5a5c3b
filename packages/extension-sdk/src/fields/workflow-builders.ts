import type { FieldOption, FieldSchema, FieldType } from '../protocol/field-schema'
import type { PlainValue } from '../protocol/plain-value'
import { buildField, type FieldBuilder, type FieldBuilders, type InferFields, toFieldSchemas } from './field-builder'

interface Common {
  readonly label?: string
  readonly description?: string
  readonly placeholder?: string
}

interface TextOptions {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly multiline?: boolean
}

interface NumberOptions {
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly integer?: boolean
}

/** A choice: a value that is its own label, or both. */
export type WorkflowOption = string | { readonly value: string; readonly label: string }
type OptionValue<O> = O extends string ? O : O extends { readonly value: infer V } ? V : never

/** `never` is what TypeScript infers of what was not given. */
type PresenceOf<D, R> = [D] extends [never]
  ? [R] extends [false]
    ? [R] extends [never]
      ? 'required'
      : 'optional'
    : 'required'
  : 'defaulted'

type Given<D, R> = { readonly default?: D; readonly required?: R }

const toOptions = (options: readonly WorkflowOption[]): readonly FieldOption[] =>
  options.map((option) => (typeof option === 'string' ? { value: option, label: option } : option))

/** Turns what a developer writes into plain data: `required: false` is `optional`, and a flag that is false is none. */
const toField = (type: FieldType, given: object, more: Partial<FieldSchema> = {}): FieldSchema => {
  const { required, ...options } = given as { readonly required?: boolean }
  const entries = Object.entries(options).filter(([, value]) => value !== undefined && value !== false)
  const isFalse = (options as { readonly default?: unknown }).default === false
  return {
    ...Object.fromEntries(entries),
    ...(isFalse ? { default: false } : {}),
    ...more,
    type,
    ...(required === false ? { optional: true } : {}),
  }
}

const maker =
  <Value, More = unknown>(type: FieldType) =>
  <D extends Value = never, R extends boolean = never>(
    options: Common & More & Given<D, R> = {} as Common & More & Given<D, R>,
  ): FieldBuilder<Value, PresenceOf<D, R>> =>
    buildField(toField(type, options))

/** Builders for what a workflow block takes and gives. Each takes a label and more, and chains `.optional()` and `.default(value)`. */
export const Workflow = {
  string: maker<string, TextOptions>('string'),
  number: maker<number, NumberOptions>('number'),
  boolean: maker<boolean>('boolean'),
  /** `YYYY-MM-DD`. */
  date: maker<string>('date'),
  /** ISO 8601. */
  datetime: maker<string>('datetime'),
  /** `HH:MM`. */
  time: maker<string>('time'),
  email: maker<string, TextOptions>('email'),
  url: maker<string, TextOptions>('url'),
  phone: maker<string, TextOptions>('phone'),
  /** An amount in the main unit of its currency. */
  currency: maker<number, NumberOptions & { readonly currency?: string }>('currency'),
  /** It is never shown again once it is saved. */
  secret: maker<string, TextOptions>('secret'),
  /** The address of a file. */
  file: maker<string>('file'),
  /** Any plain data. */
  object: maker<Readonly<Record<string, PlainValue>>>('object'),

  select: <
    const L extends readonly WorkflowOption[],
    D extends OptionValue<L[number]> = never,
    R extends boolean = never,
  >(
    options: Common & Given<D, R> & { readonly options: L },
  ): FieldBuilder<OptionValue<L[number]>, PresenceOf<D, R>> =>
    buildField(toField('select', options, { options: toOptions(options.options) })),

  array: <V, R extends boolean = never>(
    options: Common & {
      readonly items: FieldBuilder<V>
      readonly minItems?: number
      readonly maxItems?: number
      readonly required?: R
      readonly default?: readonly NoInfer<V>[]
    },
  ): FieldBuilder<readonly V[], PresenceOf<never, R>> =>
    buildField(toField('array', options, { items: options.items.field })),

  struct: <const S extends FieldBuilders>(fields: S, options: Common = {}): FieldBuilder<InferFields<S>, 'required'> =>
    buildField(toField('struct', options, { fields: toFieldSchemas(fields) })),
} as const

/** What a block takes and gives. */
export interface WorkflowSchema<I extends FieldBuilders = FieldBuilders, O extends FieldBuilders = FieldBuilders> {
  readonly inputs: I
  readonly outputs?: O
  /** How the product may lay the fields out where the block has no panel: names of inputs, in rows. */
  readonly layout?: readonly string[] | readonly (readonly string[])[]
  /** Outputs that depend on what was filled in. Runs in the frame when the product asks. */
  computeOutputs?(input: Partial<InferFields<I>>): FieldBuilders
}

/** What `execute` of a block with this schema receives. */
export type InferWorkflowInput<S extends { readonly inputs: FieldBuilders }> = InferFields<S['inputs']>

/** What `execute` of a block with this schema gives. */
export type InferWorkflowOutput<S extends { readonly outputs?: FieldBuilders }> = S extends {
  readonly outputs: infer O
}
  ? InferFields<O>
  : object
