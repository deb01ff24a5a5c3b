import { createElement, type FunctionComponent, type ReactNode, type Ref } from 'react'
import type { ComponentContract, ComponentProps, RemoteMethods } from '../protocol/contract'
import { SLOT_COMPONENT } from '../protocol/tree'
import { declareMethods } from '../reconciler/remote-ref'

/** A component of a contract, for extensions. */
export type ContractComponent<C extends ComponentContract> = FunctionComponent<
  ComponentProps<C, ReactNode> & { readonly ref?: Ref<RemoteMethods<C>> | undefined }
>

/**
 * The component an extension writes in JSX for one entry of a component contract.
 *
 * @param name The name the product's registry knows it by.
 */
export const createComponent = <const C extends ComponentContract>(name: string, contract: C): ContractComponent<C> => {
  if (contract.methods) declareMethods(name, contract.methods)
  // Without slots the name itself is a React element type: it costs no component of its own for every row of a table.
  // TypeScript knows no way to say which props a string type takes, so it is told that this one is a component.
  if (contract.slots.length === 0) return name as unknown as ContractComponent<C>

  const { slots } = contract
  const withSlots = (props: Readonly<Record<string, unknown>>) => {
    const { children, ...rest } = props
    const data: Record<string, unknown> = rest
    const filled = slots.map((slot) => {
      const content = data[slot] as ReactNode
      delete data[slot]
      return content === undefined || content === null || typeof content === 'boolean'
        ? null
        : createElement(SLOT_COMPONENT, { name: slot, key: slot }, content)
    })
    // Each keeps its position whether or not the others are there, so none loses its state.
    return createElement(name, data, children as ReactNode, ...filled)
  }
  withSlots.displayName = name
  // ComponentProps is a record with exactly the contract's props.
  return withSlots as unknown as ContractComponent<C>
}
