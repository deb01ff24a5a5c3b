import { describe, isPrototypeKey, isRecord } from './parse'
import type { PlainValue } from './plain-value'
import { isSafeUrl } from './safe-url'

/** What a prop of a component may hold: plain data, so that a contract can be sent, stored, printed and compared. */
export type PropSchema =
  | { readonly type: 'string'; readonly maxLength?: number; readonly optional?: true }
  | {
      readonly type: 'number'
      readonly min?: number
      readonly max?: number
      readonly integer?: true
      readonly optional?: true
    }
  | { readonly type: 'boolean'; readonly optional?: true }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly optional?: true }
  /** `link`: https, mailto or tel. `image`: https, or an inline PNG, JPEG, GIF or WebP. */
  | { readonly type: 'url'; readonly use: 'link' | 'image'; readonly optional?: true }
  | { readonly type: 'array'; readonly items: PropSchema; readonly maxItems?: number; readonly optional?: true }
  | { readonly type: 'object'; readonly fields: Readonly<Record<string, PropSchema>>; readonly optional?: true }
  /** Any plain data, such as the values of a panel. What is drawn from it, the component checks. */
  | { readonly type: 'any'; readonly optional?: true }

type InferRequired<S extends PropSchema> = S extends { type: 'string' } | { type: 'url' }
  ? string
  : S extends { type: 'number' }
    ? number
    : S extends { type: 'boolean' }
      ? boolean
      : S extends { type: 'enum'; values: readonly (infer V)[] }
        ? V
        : S extends { type: 'array'; items: infer I extends PropSchema }
          ? readonly InferProp<I>[]
          : S extends { type: 'object'; fields: infer F extends Readonly<Record<string, PropSchema>> }
            ? InferProps<F>
            : S extends { type: 'any' }
              ? PlainValue
              : never

/** The TypeScript type of a prop with this schema. */
export type InferProp<S extends PropSchema> = InferRequired<S> | (S extends { optional: true } ? undefined : never)

type OptionalKeys<F extends Readonly<Record<string, PropSchema>>> = {
  [K in keyof F]: F[K] extends { optional: true } ? K : never
}[keyof F]

type Flatten<T> = { [K in keyof T]: T[K] }

/** The TypeScript type of an object with these props. */
export type InferProps<F extends Readonly<Record<string, PropSchema>>> = Flatten<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: InferRequired<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: InferRequired<F[K]> | undefined
  }
>

const INLINE_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/

const isImageUrl = (url: string): boolean =>
  INLINE_IMAGE.test(url) || (URL.canParse(url) && new URL(url).protocol === 'https:')

/**
 * Says what is wrong with a prop's value.
 *
 * @returns A sentence, or `undefined` when the value may be drawn.
 */
export const findPropProblem = (schema: PropSchema, value: PlainValue, path: string): string | undefined => {
  if (value === undefined) return schema.optional ? undefined : `${path} is required.`
  const expected = (what: string) => `${path} must be ${what}; received ${describe(value)}.`
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return expected('a string')
      return schema.maxLength !== undefined && value.length > schema.maxLength
        ? `${path} may have ${schema.maxLength} characters; it has ${value.length}.`
        : undefined
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return expected('a finite number')
      if (schema.integer && !Number.isInteger(value)) return expected('a whole number')
      if (schema.min !== undefined && value < schema.min) return expected(`at least ${schema.min}`)
      return schema.max !== undefined && value > schema.max ? expected(`at most ${schema.max}`) : undefined
    case 'any':
      return undefined
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('true or false')
    case 'enum':
      return typeof value === 'string' && schema.values.includes(value)
        ? undefined
        : expected(`one of ${schema.values.join(', ')}`)
    case 'url': {
      const safe = typeof value === 'string' && (schema.use === 'link' ? isSafeUrl(value) : isImageUrl(value))
      return safe
        ? undefined
        : expected(schema.use === 'link' ? 'an https:, mailto: or tel: URL' : 'an https: image URL')
    }
    case 'array': {
      if (!Array.isArray(value)) return expected('an array')
      if (value.length > (schema.maxItems ?? 10_000)) return `${path} has ${value.length} items; that is too many.`
      for (const [index, item] of value.entries()) {
        const problem = findPropProblem(schema.items, item, `${path}[${index}]`)
        if (problem) return problem
      }
      return undefined
    }
    case 'object': {
      if (!isRecord(value)) return expected('an object')
      const unknown = Object.keys(value).find((key) => isPrototypeKey(key) || !Object.hasOwn(schema.fields, key))
      if (unknown !== undefined) return `${path}.${unknown} is not part of this prop.`
      for (const [key, field] of Object.entries(schema.fields)) {
        // isRecord has shown an object; its values were checked to be plain when the message was parsed.
        const problem = findPropProblem(field, value[key] as PlainValue, `${path}.${key}`)
        if (problem) return problem
      }
      return undefined
    }
  }
}
