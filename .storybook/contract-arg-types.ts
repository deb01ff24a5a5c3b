import { type ComponentContract, type PropSchema, standardContract } from '@souk/extension-sdk/protocol'
import type { StrictArgTypes } from 'storybook/internal/types'

const components: Readonly<Record<string, ComponentContract>> = standardContract.components

const controlOf = (schema: PropSchema) => {
  switch (schema.type) {
    case 'enum':
      return { control: { type: 'select' }, options: [...schema.values] } as const
    case 'boolean':
      return { control: { type: 'boolean' } } as const
    case 'number':
      return { control: { type: 'number' } } as const
    case 'array':
    case 'object':
    case 'any':
      return { control: { type: 'object' } } as const
    default:
      return { control: { type: 'text' } } as const
  }
}

/** The controls of a component's stories, from its contract: what an extension may set is what a designer can turn. */
export const contractArgTypes = (name: string): StrictArgTypes => {
  const contract = components[name]
  if (!contract) return {}
  const props = Object.entries(contract.props).map(([prop, schema]) => [
    prop,
    {
      name: prop,
      ...controlOf(schema),
      table: { category: 'Props', type: { summary: schema.type } },
      type: { name: 'other', value: schema.type, required: !schema.optional },
    },
  ])
  const events = Object.keys(contract.events).map((event) => [
    event,
    { name: event, control: { disable: true }, table: { category: 'Events' } },
  ])
  const slots = contract.slots.map((slot) => [
    slot,
    { name: slot, control: { disable: true }, table: { category: 'Slots' } },
  ])
  return Object.fromEntries([...props, ...events, ...slots])
}
