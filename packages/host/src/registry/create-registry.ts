import type {
  ComponentContract,
  ComponentProps,
  Contract,
  MethodsProp,
  StandardContract,
} from '@souk/extension-sdk/protocol'
import type { ComponentType, ReactNode } from 'react'
import { HostError } from '../host-error'
import { CHROME_NAMES, type Chrome } from './chrome'

/** The product's implementation of every component of a contract. */
export type RegistryComponents<C extends Contract> = {
  readonly [K in keyof C['components']]: ComponentType<
    ComponentProps<C['components'][K], ReactNode> & MethodsProp<C['components'][K]>
  >
}

/** A component as a tree draws it: found by a name from outside, its props checked against its contract at run time. */
export interface RegisteredComponent {
  readonly name: string
  readonly contract: ComponentContract
  readonly Component: ComponentType<Readonly<Record<string, unknown>>>
}

export interface Registry<C extends Contract = StandardContract> {
  readonly contract: C
  readonly components: RegistryComponents<C>
  readonly chrome: Chrome
  /** `undefined` for a name that the contract does not have, prototype keys included. */
  find(name: string): RegisteredComponent | undefined
}

export interface RegistryOptions<C extends Contract> {
  readonly contract: C
  readonly components: RegistryComponents<C>
  readonly chrome: Chrome
}

/**
 * Joins a contract with the product's components. A missing or wrongly typed component does not compile.
 *
 * @throws {HostError} `REGISTRY_INCOMPLETE` when a component or a piece of chrome is missing at run time.
 */
export const createRegistry = <const C extends Contract>({
  contract,
  components,
  chrome,
}: RegistryOptions<C>): Registry<C> => {
  const byName = new Map<string, RegisteredComponent>()
  const missing: string[] = []
  for (const [name, componentContract] of Object.entries(contract.components)) {
    const Component: unknown = Object.hasOwn(components, name) ? components[name] : undefined
    if (!isComponent(Component)) missing.push(name)
    else byName.set(name, { name, contract: componentContract, Component })
  }
  for (const name of CHROME_NAMES) if (!isComponent(chrome[name])) missing.push(`chrome.${name}`)
  if (missing.length > 0)
    throw new HostError(
      'REGISTRY_INCOMPLETE',
      `The registry lacks ${missing.join(', ')}. Every component of the contract needs an implementation. ` +
        'Add them, or spread `standardComponents` and `standardChrome` from @souk/host/components.',
    )
  return { contract, components, chrome, find: (name) => byName.get(name) }
}

// Classes and functions, and what memo, forwardRef and lazy make.
const isComponent = (value: unknown): value is ComponentType<Readonly<Record<string, unknown>>> =>
  typeof value === 'function' || (typeof value === 'object' && value !== null && '$$typeof' in value)
