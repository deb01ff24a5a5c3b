import { type ComponentContract, type Contract, standardContract } from '../protocol'
import type { PropSchema } from '../protocol/prop-schema'

const standard: Readonly<Record<string, ComponentContract>> = standardContract.components

/** The components that an extension developer does not get from the SDK: those a product added, or changed. */
export const ownComponents = (contract: Contract): readonly (readonly [string, ComponentContract])[] =>
  Object.entries(contract.components).filter(
    ([name, component]) =>
      !Object.hasOwn(standard, name) || JSON.stringify(standard[name]) !== JSON.stringify(component),
  )

const comment = (text: string) => text.replaceAll('*/', '*\\/').replaceAll('\n', ' ')

/** A module with a typed component for each entry, for extension developers. */
export const generateComponents = (contract: Contract): string => {
  const components = ownComponents(contract)
  return [
    '// Made by `souk contract generate`. Change the contract, and run it again.',
    ...(components.length > 0 ? ["import { createComponent } from '@souk/extension-sdk/client'"] : ['export {}']),
    ...components.map(
      ([name, component]) =>
        `\n/** ${comment(component.description)} */\nexport const ${name} = createComponent('${name}', ${JSON.stringify(component, null, 2)})`,
    ),
    '',
  ].join('\n')
}

type JsonSchema = Readonly<Record<string, unknown>>

const toJsonSchema = (schema: PropSchema): JsonSchema => {
  switch (schema.type) {
    case 'string':
      return { type: 'string', ...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }) }
    case 'number':
      return {
        type: schema.integer ? 'integer' : 'number',
        ...(schema.min === undefined ? {} : { minimum: schema.min }),
        ...(schema.max === undefined ? {} : { maximum: schema.max }),
      }
    case 'boolean':
      return { type: 'boolean' }
    case 'enum':
      return { enum: schema.values }
    case 'url':
      return { type: 'string', format: 'uri' }
    case 'array':
      return {
        type: 'array',
        items: toJsonSchema(schema.items),
        ...(schema.maxItems === undefined ? {} : { maxItems: schema.maxItems }),
      }
    case 'object':
      return toObjectSchema(schema.fields)
    case 'any':
      return {}
  }
}

const toObjectSchema = (fields: Readonly<Record<string, PropSchema>>): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, toJsonSchema(schema)])),
  required: Object.entries(fields).flatMap(([name, schema]) => (schema.optional ? [] : [name])),
  additionalProperties: false,
})

/** A JSON schema of the props of each component. */
export const generateJsonSchema = (contract: Contract): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: Object.fromEntries(
        Object.entries(contract.components).map(([name, { description, props }]) => [
          name,
          { description, ...toObjectSchema(props) },
        ]),
      ),
    },
    null,
    2,
  )}\n`

const typeName = (schema: PropSchema): string => {
  switch (schema.type) {
    case 'enum':
      return schema.values.map((value) => `\`${value}\``).join(', ')
    case 'array':
      return `list of ${typeName(schema.items)}`
    case 'object':
      return `{ ${Object.entries(schema.fields)
        .map(([name, field]) => `${name}${field.optional ? '?' : ''}: ${typeName(field)}`)
        .join('; ')} }`
    case 'url':
      return schema.use === 'link' ? 'URL' : 'URL of an image'
    default:
      return schema.type
  }
}

/** A page that says what each component is for and takes. */
export const generateDocs = (contract: Contract): string =>
  [
    '# Components',
    ...Object.entries(contract.components).flatMap(([name, component]) => [
      `\n## ${name}\n\n${component.description}\n`,
      ...(Object.keys(component.props).length > 0 ? ['| prop | type | |', '|---|---|---|'] : []),
      ...Object.entries(component.props).map(
        ([prop, schema]) => `| \`${prop}\` | ${typeName(schema)} | ${schema.optional ? '' : 'required'} |`,
      ),
      ...Object.entries(component.events).map(([event, args]) => `\n\`${event}(${args.map(typeName).join(', ')})\``),
      ...(component.children ? ['\nTakes children.'] : []),
      ...(component.slots.length > 0 ? [`\nSlots: ${component.slots.map((slot) => `\`${slot}\``).join(', ')}.`] : []),
      ...(component.methods?.length
        ? [`\nBy a ref: ${component.methods.map((method) => `\`${method}\``).join(', ')}.`]
        : []),
    ]),
    '',
  ].join('\n')
