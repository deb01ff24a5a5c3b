import type { FieldSchema } from '../protocol/field-schema'

export type FieldPresence = 'required' | 'optional' | 'defaulted'

/**
 * One field of a form, a block or a quick action. It is plain data with two methods, so that every copy of the SDK understands it.
 *
 * @typeParam Value What the field holds.
 */
export interface FieldBuilder<Value = unknown, P extends FieldPresence = FieldPresence> {
  readonly field: FieldSchema
  /** The form can be sent without it; the value may be `undefined`. */
  optional(): FieldBuilder<Value, P extends 'defaulted' ? 'defaulted' : 'optional'>
  /** Where the value starts; it is never `undefined`. */
  default(value: Value): FieldBuilder<Value, 'defaulted'>
  /** Only for the type checker. */
  readonly '~types'?: { readonly value: Value; readonly presence: P }
}

/** Fields by the names of their values. */
export interface FieldBuilders {
  // biome-ignore lint/suspicious/noExplicitAny: `default(value)` takes exactly the builder's own value, so no other type accepts every builder.
  readonly [name: string]: FieldBuilder<any, any>
}

export const buildField = <Value, P extends FieldPresence>(field: FieldSchema): FieldBuilder<Value, P> => ({
  field,
  optional: () => buildField({ ...field, optional: true }),
  default: (value) => buildField({ ...field, default: value }),
})

type TypesOf<B> = B extends { readonly '~types'?: infer T } ? NonNullable<T> : never
type ValueOf<B> = TypesOf<B> extends { readonly value: infer V } ? V : never
type IsOptional<B> = TypesOf<B> extends { readonly presence: 'optional' } ? true : false
type Flatten<T> = { [K in keyof T]: T[K] }

/** The values of fields, as the code that receives them sees them. */
export type InferFields<S> = Flatten<
  { readonly [K in keyof S as IsOptional<S[K]> extends true ? never : K]: ValueOf<S[K]> } & {
    readonly [K in keyof S as IsOptional<S[K]> extends true ? K : never]?: ValueOf<S[K]> | undefined
  }
>

/** A field's plain data by its name. */
export const toFieldSchemas = (builders: FieldBuilders = {}): Readonly<Record<string, FieldSchema>> =>
  Object.fromEntries(Object.entries(builders).map(([name, { field }]) => [name, field]))
