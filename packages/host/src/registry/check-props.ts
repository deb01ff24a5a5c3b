import {
  type ComponentContract,
  findPropProblem,
  isPrototypeKey,
  type PlainValue,
  type PropSchema,
} from '@souk/extension-sdk/protocol'

/** Names that React or the DOM give a meaning of their own. They never pass, even if a contract declares them. */
const RESERVED: ReadonlySet<string> = new Set([
  'children',
  'className',
  'dangerouslySetInnerHTML',
  'innerHTML',
  'key',
  'methodsRef',
  'ref',
  'style',
])

type Props = Readonly<Record<string, PlainValue>>

export interface CheckedProps {
  readonly props: Props
  /** One sentence for each prop that was dropped or replaced. */
  readonly problems: readonly string[]
}

const isReserved = (name: string): boolean => RESERVED.has(name) || isPrototypeKey(name)

/** The schema of a prop that may pass, or `undefined`. */
export const schemaOf = (contract: ComponentContract, name: string): PropSchema | undefined =>
  isReserved(name) || /^on/i.test(name) || !Object.hasOwn(contract.props, name) ? undefined : contract.props[name]

/** What stands for a required prop that is missing or wrong, so that a component always gets what its types promise. */
const emptyValue = (schema: PropSchema): PlainValue => {
  switch (schema.type) {
    case 'string':
    case 'url':
      return ''
    case 'number':
      return schema.min ?? 0
    case 'boolean':
      return false
    case 'enum':
      return schema.values[0]
    case 'any':
      return null
    case 'array':
      return []
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.fields).flatMap(([key, field]) => (field.optional ? [] : [[key, emptyValue(field)]])),
      )
  }
}

/**
 * Checks props from an extension against the contract of their component.
 *
 * @param before The checked props that the node has; empty for a new node.
 * @param changes Values to set. Only what the contract declares passes.
 * @param unset Names to remove.
 */
export const checkProps = (
  name: string,
  contract: ComponentContract,
  before: Props,
  changes: Props,
  unset: readonly string[] = [],
): CheckedProps => {
  const problems: string[] = []
  const props: Record<string, PlainValue> = { ...before }
  for (const prop of unset) if (schemaOf(contract, prop)) delete props[prop]
  for (const [prop, value] of Object.entries(changes)) {
    const schema = schemaOf(contract, prop)
    if (!schema) {
      problems.push(`${name} has no prop ${prop}; it was dropped.`)
      continue
    }
    const problem = findPropProblem(schema, value, `${name}.${prop}`)
    if (problem) problems.push(`${problem} It was dropped.`)
    if (problem || value === undefined) delete props[prop]
    else props[prop] = value
  }
  for (const [prop, schema] of Object.entries(contract.props)) {
    if (schema.optional || Object.hasOwn(props, prop) || isReserved(prop)) continue
    if (!Object.hasOwn(changes, prop)) problems.push(`${name}.${prop} is required.`)
    props[prop] = emptyValue(schema)
  }
  if (contract.named && !contract.named.some((prop) => hasContent(props[prop])))
    problems.push(`${name} needs ${contract.named.join(' or ')}, so that assistive technology can name it.`)
  return { props, problems }
}

export const hasContent = (value: PlainValue): boolean => value !== undefined && value !== null && value !== ''

/** Lets pass the event props that the contract has. A handler comes only from `handlers`, never from a prop's value. */
export const checkHandlers = (
  name: string,
  contract: ComponentContract,
  handlers: readonly string[],
): { readonly handlers: readonly string[]; readonly problems: readonly string[] } => {
  const isEvent = (prop: string) => !isReserved(prop) && Object.hasOwn(contract.events, prop)
  return {
    handlers: [...new Set(handlers.filter(isEvent))],
    problems: handlers.filter((prop) => !isEvent(prop)).map((prop) => `${name} has no event ${prop}; it was dropped.`),
  }
}
