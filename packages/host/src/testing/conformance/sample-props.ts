import type { ComponentContract, PlainValue, PropSchema } from '@souk/extension-sdk/protocol'

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** Texts that have to be of a kind, by the names that the standard contract has for them. */
const TEXTS: Readonly<Record<string, string>> = { min: '2000-01-01', max: '2100-01-01' }

const sample = (schema: PropSchema, name: string): PlainValue => {
  switch (schema.type) {
    case 'string':
      return (TEXTS[name] ?? `Sample ${name}`).slice(0, schema.maxLength)
    case 'number':
      return schema.min ?? Math.min(1, schema.max ?? 1)
    case 'boolean':
      return false
    case 'enum':
      return schema.values[0]
    case 'url':
      return schema.use === 'image' ? PIXEL : 'https://example.com/'
    case 'array':
      return [sample(schema.items, name)]
    case 'object':
      return Object.fromEntries(Object.entries(schema.fields).map(([key, field]) => [key, sample(field, key)]))
    case 'any':
      return null
  }
}

export type SampleProps = Readonly<Record<string, PlainValue>>

/**
 * Props that fit a contract.
 *
 * @param texts Whether optional texts are there, too. Other optional props would change what the component is, such as a table of data.
 */
export const sampleProps = (contract: ComponentContract, texts: boolean): SampleProps =>
  Object.fromEntries(
    Object.entries(contract.props)
      .filter(
        ([name, schema]) =>
          !schema.optional ||
          contract.named?.includes(name) ||
          (texts && schema.type === 'string' && name !== contract.controlled?.value),
      )
      .map(([name, schema]) => [name, sample(schema, name)]),
  )
