import type { FieldOption, FieldSchema } from '../protocol/field-schema'
import {
  buildField,
  type FieldBuilder,
  type FieldBuilders,
  type FieldPresence,
  type InferFields,
} from './field-builder'

/** Text in a form. */
export interface TextFieldBuilder<P extends FieldPresence = 'required'> extends FieldBuilder<string, P> {
  optional(): TextFieldBuilder<P extends 'defaulted' ? 'defaulted' : 'optional'>
  default(value: string): TextFieldBuilder<'defaulted'>
  label(text: string): TextFieldBuilder<P>
  placeholder(text: string): TextFieldBuilder<P>
  multiline(): TextFieldBuilder<P>
  minLength(length: number): TextFieldBuilder<P>
  maxLength(length: number): TextFieldBuilder<P>
  pattern(expression: string): TextFieldBuilder<P>
  email(): TextFieldBuilder<P>
  url(): TextFieldBuilder<P>
}

/** A number in a form. */
export interface NumberFieldBuilder<P extends FieldPresence = 'required'> extends FieldBuilder<number, P> {
  optional(): NumberFieldBuilder<P extends 'defaulted' ? 'defaulted' : 'optional'>
  default(value: number): NumberFieldBuilder<'defaulted'>
  label(text: string): NumberFieldBuilder<P>
  placeholder(text: string): NumberFieldBuilder<P>
  min(value: number): NumberFieldBuilder<P>
  max(value: number): NumberFieldBuilder<P>
  integer(): NumberFieldBuilder<P>
  positive(): NumberFieldBuilder<P>
}

const text = <P extends FieldPresence>(field: FieldSchema): TextFieldBuilder<P> => {
  const withField = <N extends FieldPresence = P>(more: Partial<FieldSchema>) => text<N>({ ...field, ...more })
  return {
    ...buildField<string, P>(field),
    optional: () => withField({ optional: true }),
    default: (value) => withField({ default: value }),
    label: (label) => withField({ label }),
    placeholder: (placeholder) => withField({ placeholder }),
    multiline: () => withField({ multiline: true }),
    minLength: (minLength) => withField({ minLength }),
    maxLength: (maxLength) => withField({ maxLength }),
    pattern: (pattern) => withField({ pattern }),
    email: () => withField({ type: 'email' }),
    url: () => withField({ type: 'url' }),
  }
}

const number = <P extends FieldPresence>(field: FieldSchema): NumberFieldBuilder<P> => {
  const withField = <N extends FieldPresence = P>(more: Partial<FieldSchema>) => number<N>({ ...field, ...more })
  return {
    ...buildField<number, P>(field),
    optional: () => withField({ optional: true }),
    default: (value) => withField({ default: value }),
    label: (label) => withField({ label }),
    placeholder: (placeholder) => withField({ placeholder }),
    min: (min) => withField({ min }),
    max: (max) => withField({ max }),
    integer: () => withField({ integer: true }),
    // Zero is no positive number.
    positive: () => withField({ min: field.integer ? 1 : Number.MIN_VALUE }),
  }
}

type OptionValue<O> = O extends string ? O : O extends { readonly value: infer V } ? V : never

const toOption = (option: string | FieldOption): FieldOption =>
  typeof option === 'string' ? { value: option, label: option } : option

/** Builders for the fields of a `Form`. */
export const Forms = {
  string: (): TextFieldBuilder => text({ type: 'string' }),
  number: (): NumberFieldBuilder => number({ type: 'number' }),
  boolean: (): FieldBuilder<boolean, 'required'> => buildField({ type: 'boolean' }),
  select: <const L extends readonly (string | FieldOption)[]>(
    options: L,
  ): FieldBuilder<OptionValue<L[number]>, 'required'> => buildField({ type: 'select', options: options.map(toOption) }),
} as const

/** What a form with these fields sends. */
export type InferFormValues<S extends FieldBuilders> = InferFields<S>
