import { isPrototypeKey } from './parse'
import type { InferProp, InferProps, PropSchema } from './prop-schema'

/** What one component takes. Data only: types, registry, docs, stories and checks are all derived from it. */
export interface ComponentContract {
  readonly description: string
  readonly props: Readonly<Record<string, PropSchema>>
  /** Event props, with the schemas of the arguments their handlers receive. */
  readonly events: Readonly<Record<string, readonly PropSchema[]>>
  /** Whether it takes children. */
  readonly children: boolean
  /** Props that hold elements. */
  readonly slots: readonly string[]
  /** The prop and the event of a value that the user edits. The host owns such a value, so no keystroke waits. */
  readonly controlled?: { readonly value: string; readonly event: string }
  /** At least one of these props must be there, so that the component has an accessible name. */
  readonly named?: readonly string[]
  /** What the extension may have it do through a ref, such as `focus`. No arguments, no result. */
  readonly methods?: readonly string[]
}

/** A place in the product where extensions may appear. */
export interface SurfaceContract {
  readonly description: string
  /** `render`: the extension draws there. `trigger`: the user starts something. */
  readonly behavior: 'render' | 'trigger'
  readonly context: Readonly<Record<string, PropSchema>>
}

export interface Contract {
  readonly components: Readonly<Record<string, ComponentContract>>
  readonly surfaces: Readonly<Record<string, SurfaceContract>>
}

/** Checks and returns a contract, keeping its literal types. A product spreads `standardContract` and adds its own. */
export const defineContract = <const C extends Contract>(contract: C): C => {
  for (const [name, component] of Object.entries(contract.components)) {
    const { controlled } = component
    if (controlled && !(controlled.value in component.props && controlled.event in component.events))
      throw new TypeError(`${name}.controlled must name a prop and an event of the component.`)
    const event = Object.keys(component.events).find((key) => !/^on[A-Z]/.test(key))
    if (event) throw new TypeError(`${name} has an event named ${event}; event names start with on, such as onPress.`)
    // A ref with a method `then` would be taken for a promise.
    const method = component.methods?.find(
      (key) => !/^[a-z]\w{0,60}$/.test(key) || key === 'then' || isPrototypeKey(key),
    )
    if (method !== undefined)
      throw new TypeError(`${name} has a method named ${method}; name it as a verb, such as focus.`)
  }
  return contract
}

type EventArgs<A extends readonly PropSchema[]> = {
  -readonly [I in keyof A]: A[I] extends PropSchema ? InferProp<A[I]> : never
}

type EventProps<E extends Readonly<Record<string, readonly PropSchema[]>>> = {
  readonly [K in keyof E]?:
    | ((...args: EventArgs<E[K]> extends unknown[] ? EventArgs<E[K]> : never) => unknown)
    | undefined
}

/**
 * The props of a component, for the extension that uses it and for the product that implements it.
 *
 * @typeParam Node What stands for drawn content: `ReactNode` on both sides.
 */
export type ComponentProps<C extends ComponentContract, Node> = InferProps<C['props']> &
  EventProps<C['events']> & { readonly [K in C['slots'][number]]?: Node } & (C['children'] extends true
    ? { readonly children?: Node }
    : unknown)

export type SurfaceContext<S extends SurfaceContract> = InferProps<S['context']>

type MethodNames<C extends ComponentContract> = C extends { readonly methods: readonly (infer M extends string)[] }
  ? M
  : never

/** What a ref on a component holds in an extension. Each call resolves when the product has done it. */
export type RemoteMethods<C extends ComponentContract> = { readonly [M in MethodNames<C>]: () => Promise<void> }

/** What the product's implementation of a component offers to be called. An element of the DOM often is one. */
export type OfferedMethods<C extends ComponentContract> = { readonly [M in MethodNames<C>]: () => unknown }

/** The prop by which a component gets hold of who calls its methods: a ref callback for an element or an imperative handle. */
export interface MethodsProp<C extends ComponentContract> {
  readonly methodsRef?: ((methods: OfferedMethods<C> | null) => void) | undefined
}
