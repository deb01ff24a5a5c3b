import { defineContract, standardContract } from '@souk/extension-sdk/protocol'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { testChrome as chrome, testRegistry } from '../testing/test-registry'
import { createRegistry, type Registry } from './create-registry'

const contract = defineContract({
  components: {
    Price: {
      description: 'An amount.',
      props: { amount: { type: 'number' }, currency: { type: 'string', optional: true } },
      events: { onEdit: [{ type: 'number' }] },
      children: true,
      slots: ['icon'],
    },
    Line: { description: 'A line.', props: {}, events: {}, children: false, slots: [] },
  },
  surfaces: {},
})

interface PriceProps {
  readonly amount: number
  readonly currency?: string | undefined
  readonly onEdit?: ((amount: number) => unknown) | undefined
  readonly icon?: ReactNode
  readonly children?: ReactNode
}

const Price = ({ amount }: PriceProps) => <b>{amount}</b>
const Line = () => <hr />
const Wrong = ({ amount }: { readonly amount: string }) => <b>{amount}</b>
const Needy = ({ currency }: { readonly currency: string }) => <b>{currency}</b>

test('a registry finds its components and nothing of the prototype', () => {
  const registry = createRegistry({ contract, components: { Price, Line }, chrome })
  expect(registry.find('Price')).toMatchObject({ name: 'Price', Component: Price })
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'price', ''])
    expect(registry.find(name)).toBeUndefined()
})

test('a missing or wrongly typed component does not compile, and a missing one does not start', () => {
  // @ts-expect-error Line is missing
  expect(() => createRegistry({ contract, components: { Price }, chrome })).toThrow(/lacks Line/)
  // @ts-expect-error amount is a number
  createRegistry({ contract, components: { Price: Wrong, Line }, chrome })
  // @ts-expect-error currency may be absent
  createRegistry({ contract, components: { Price: Needy, Line }, chrome })
  const { Toasts: _, ...rest } = chrome
  // @ts-expect-error the chrome lacks Toasts
  expect(() => createRegistry({ contract, components: { Price, Line }, chrome: rest })).toThrow(/chrome\.Toasts/)
})

test('an inherited member is not an implementation', () => {
  const components = Object.create({ Price, Line }) as { Price: typeof Price; Line: typeof Line }
  expect(() => createRegistry({ contract, components, chrome })).toThrow(
    expect.objectContaining({ code: 'REGISTRY_INCOMPLETE' }),
  )
})

test('a registry of more than the standard contract goes where a standard one goes', () => {
  const extended = { ...standardContract, components: { ...standardContract.components, ...contract.components } }
  const registry: Registry = createRegistry({
    contract: extended,
    components: { ...testRegistry.components, Price, Line },
    chrome,
  })
  expect(registry.find('Price')).toBeDefined()
})
