import type { SettingsFields } from './builders'

type TypesOf<B> = B extends { readonly '~types'?: infer T } ? NonNullable<T> : never
type FieldOf<B> = B extends { readonly field: infer F } ? F : never
type ValueOf<B> = TypesOf<B> extends { readonly value: infer V } ? V : never
type IsOptional<B> = TypesOf<B> extends { readonly presence: 'optional' } ? true : false
type IsSecret<B> = FieldOf<B> extends { readonly type: 'secret' } ? true : false
type IsRevealed<B> = FieldOf<B> extends { readonly reveal: true } ? true : false

type Read<B, Side extends 'client' | 'server'> =
  ValueOf<B> extends infer V ? (V extends SettingsFields ? Flatten<Values<V, Side>> : V) : never

type VisibleKeys<S, Side extends 'client' | 'server'> = {
  [K in keyof S]: IsSecret<S[K]> extends true
    ? Side extends 'server'
      ? IsRevealed<S[K]> extends true
        ? K
        : never
      : never
    : K
}[keyof S]

type Values<S, Side extends 'client' | 'server'> = {
  readonly [K in VisibleKeys<S, Side> as IsOptional<S[K]> extends true ? never : K]: Read<S[K], Side>
} & {
  readonly [K in VisibleKeys<S, Side> as IsOptional<S[K]> extends true ? K : never]?: Read<S[K], Side> | undefined
}

type Flatten<T> = { [K in keyof T]: T[K] }

/** What a server function reads of settings with these fields: everything but secrets without `reveal`. */
export type InferSettings<S extends SettingsFields> = Flatten<Values<S, 'server'>>

/** What client code reads of settings with these fields: everything but secrets. */
export type InferClientSettings<S extends SettingsFields> = Flatten<Values<S, 'client'>>
