import type { PlainValue, PropSchema, SurfaceContract } from '@souk/extension-sdk/protocol'

const SAMPLES: Readonly<Record<string, string>> = {
  recordType: 'ticket',
  recordId: 'T-1',
  text: 'The customer asked when the parcel will arrive, and whether it can be left at the door.',
}

/** Something a product could say in a place, made from what the contract says of it. */
const sampleOf = (name: string, schema: PropSchema): PlainValue => {
  switch (schema.type) {
    case 'string':
      return SAMPLES[name] ?? name
    case 'number':
      return schema.min ?? 1
    case 'boolean':
      return false
    case 'enum':
      return schema.values[0] ?? ''
    case 'url':
      return 'https://example.com/'
    case 'array':
      return [sampleOf(name, schema.items)]
    case 'object':
      return sampleFields(schema.fields)
    case 'any':
      return {}
  }
}

const sampleFields = (fields: Readonly<Record<string, PropSchema>>): Record<string, PlainValue> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, schema]) => !schema.optional)
      .map(([name, schema]) => [name, sampleOf(name, schema)]),
  )

export const sampleContext = ({ context }: SurfaceContract): Record<string, PlainValue> => sampleFields(context)
