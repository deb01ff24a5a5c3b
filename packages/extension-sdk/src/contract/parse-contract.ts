import type { ComponentContract, Contract } from '../protocol'
import { describe, isPrototypeKey, isRecord, isString, isStringArray, type Parsed, refuse } from '../protocol/parse'

const TYPES = ['string', 'number', 'boolean', 'enum', 'url', 'array', 'object', 'any'] as const

const findSchemaProblem = (value: unknown, path: string, depth = 0): string | undefined => {
  if (depth > 16) return `${path} is nested too deeply.`
  if (!isRecord(value)) return `${path} must be a schema; received ${describe(value)}.`
  const { type, values, use, items, fields } = value
  if (!TYPES.some((known) => known === type)) return `${path}.type must be one of ${TYPES.join(', ')}.`
  if (type === 'enum' && !(isStringArray(values) && values.length > 0))
    return `${path}.values must be an array of texts.`
  if (type === 'url' && use !== 'link' && use !== 'image') return `${path}.use must be link or image.`
  if (type === 'array') return findSchemaProblem(items, `${path}.items`, depth + 1)
  return type === 'object' ? findSchemasProblem(fields, `${path}.fields`, depth + 1) : undefined
}

const findSchemasProblem = (value: unknown, path: string, depth = 0): string | undefined => {
  if (!isRecord(value)) return `${path} must be an object of schemas; received ${describe(value)}.`
  for (const [name, schema] of Object.entries(value)) {
    if (isPrototypeKey(name)) return `${path}.${name} is no name for a prop.`
    const problem = findSchemaProblem(schema, `${path}.${name}`, depth)
    if (problem) return problem
  }
  return undefined
}

const findComponentProblem = (value: unknown, path: string): string | undefined => {
  if (!isRecord(value)) return `${path} must be an object; received ${describe(value)}.`
  const { description, props, events, children, slots, methods, named, controlled } = value
  if (!isString(description)) return `${path}.description must be a text.`
  const problem = findSchemasProblem(props, `${path}.props`)
  if (problem) return problem
  if (!isRecord(events)) return `${path}.events must be an object.`
  for (const [name, args] of Object.entries(events)) {
    if (!/^on[A-Z]\w*$/.test(name)) return `${path}.events.${name} must be a name such as onPress.`
    if (!Array.isArray(args)) return `${path}.events.${name} must be an array of schemas.`
    const wrong = args.map((arg, index) => findSchemaProblem(arg, `${path}.events.${name}[${index}]`)).find(Boolean)
    if (wrong) return wrong
  }
  if (typeof children !== 'boolean') return `${path}.children must be true or false.`
  if (!isStringArray(slots)) return `${path}.slots must be an array of texts.`
  if (methods !== undefined && !isStringArray(methods)) return `${path}.methods must be an array of texts.`
  if (named !== undefined && !isStringArray(named)) return `${path}.named must be an array of texts.`
  if (controlled !== undefined && !(isRecord(controlled) && isString(controlled.value) && isString(controlled.event)))
    return `${path}.controlled must be { value, event }.`
  return undefined
}

/** Parses a contract that comes from a file. */
export const parseContract = (value: unknown): Parsed<Contract> => {
  if (!isRecord(value)) return refuse(`A contract must be an object; received ${describe(value)}.`)
  const { components, surfaces = {} } = value
  if (!isRecord(components)) return refuse('components must be an object of component contracts.')
  for (const [name, component] of Object.entries(components)) {
    // It becomes the name of a variable in generated code.
    if (!/^[A-Z]\w{0,80}$/.test(name)) return refuse(`components.${name.slice(0, 80)} must be a name such as SlaClock.`)
    const problem = findComponentProblem(component, `components.${name}`)
    if (problem) return refuse(problem)
  }
  if (!isRecord(surfaces)) return refuse('surfaces must be an object of surface contracts.')
  for (const [name, surface] of Object.entries(surfaces)) {
    const problem = isRecord(surface)
      ? findSchemasProblem(surface.context, `surfaces.${name}.context`)
      : `surfaces.${name} must be an object.`
    if (problem) return refuse(problem)
  }
  // Every part was looked at above.
  return { components: components as Record<string, ComponentContract>, surfaces: surfaces as Contract['surfaces'] }
}
