import {
  describe,
  isArrayOf,
  isCount,
  isPrototypeKey,
  isRecord,
  isString,
  isStringArray,
  type Parsed,
  refuse,
} from './parse'

/**
 * What a tool takes or gives, as a part of JSON Schema that is decided in a time in proportion to the value. Other keywords, such as
 * `format` and `pattern`, are kept for whoever reads the schema, and checked by the app itself.
 */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly title?: string
  readonly description?: string
}

const TYPES: readonly string[] = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const MAX_DEPTH = 16
/** Schemas within one another, all together. */
const MAX_NODES = 1000
/** Characters of JSON. */
const MAX_LENGTH = 64 * 1024

/** Parses the schema of a tool's inputs or outputs, which is one of an object. */
export const parseJsonSchema = (value: unknown, at: string): Parsed<JsonSchema> => {
  if (!isRecord(value) || value.type !== 'object') return refuse(`${at} must be the JSON schema of an object.`)
  const problem = findSchemaProblem(value, at, { depth: 0, nodes: { left: MAX_NODES } })
  if (problem) return refuse(problem)
  if (JSON.stringify(value).length > MAX_LENGTH) return refuse(`${at} is longer than ${MAX_LENGTH} characters.`)
  return value as JsonSchema
}

interface Budget {
  readonly depth: number
  readonly nodes: { left: number }
}

const findSchemaProblem = (value: unknown, at: string, { depth, nodes }: Budget): string | undefined => {
  if (!isRecord(value)) return `${at} must be a JSON schema; received ${describe(value)}.`
  if (depth > MAX_DEPTH) return `${at} is nested more than ${MAX_DEPTH} deep.`
  if (nodes.left-- <= 0) return `${at} consists of more than ${MAX_NODES} schemas.`
  // A schema that refers to itself may take for ever.
  if (value.$ref !== undefined || value.$dynamicRef !== undefined) return `${at} must not refer to another schema.`
  const { type, required, properties } = value
  const isType = (one: unknown) => isString(one) && TYPES.includes(one)
  if (type !== undefined && !isType(type) && !(isStringArray(type, 7) && type.every(isType)))
    return `${at}.type must be one of ${TYPES.join(', ')}, or a list of them.`
  if (required !== undefined && !isStringArray(required)) return `${at}.required must be an array of names.`
  const limit = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].find(
    (key) => value[key] !== undefined && !Number.isFinite(value[key]),
  )
  if (limit) return `${at}.${limit} must be a number.`
  const count = ['minLength', 'maxLength', 'minItems', 'maxItems'].find(
    (key) => value[key] !== undefined && !isCount(value[key]),
  )
  if (count) return `${at}.${count} must be a whole number.`
  if (value.enum !== undefined && !(Array.isArray(value.enum) && value.enum.length <= 1000))
    return `${at}.enum must be an array of at most 1000.`
  if (properties !== undefined && !isRecord(properties)) return `${at}.properties must be an object.`
  const name = Object.keys((properties as object | undefined) ?? {}).find(isPrototypeKey)
  if (name) return `${at}.properties must not have the name ${name}.`
  const inner = { depth: depth + 1, nodes }
  for (const [key, schema] of Object.entries((properties as Readonly<Record<string, unknown>> | undefined) ?? {})) {
    const problem = findSchemaProblem(schema, `${at}.properties.${key}`, inner)
    if (problem) return problem
  }
  for (const key of ['items', 'additionalProperties'] as const) {
    if (value[key] === undefined || typeof value[key] === 'boolean') continue
    const problem = findSchemaProblem(value[key], `${at}.${key}`, inner)
    if (problem) return problem
  }
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    if (value[key] === undefined) continue
    if (!isArrayOf(value[key], isRecord, 50)) return `${at}.${key} must be an array of at most 50 schemas.`
    for (const [index, schema] of value[key].entries()) {
      const problem = findSchemaProblem(schema, `${at}.${key}[${index}]`, inner)
      if (problem) return problem
    }
  }
  return undefined
}

type Problems = Readonly<Record<string, string>>

const MAX_PROBLEMS = 50

/** What is wrong with a JSON value, by its path in dots; nothing when it fits the schema. */
export const findJsonProblems = (schema: JsonSchema, value: unknown): Problems => {
  const problems = new Map<string, string>()
  check(schema, value, '', problems)
  return Object.fromEntries(problems)
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value

const hasType = (type: string, value: unknown): boolean =>
  type === 'integer' ? Number.isInteger(value) : type === typeOf(value)

const isEqual = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

const fits = (schema: JsonSchema, value: unknown): boolean => {
  const problems = new Map<string, string>()
  check(schema, value, '', problems)
  return problems.size === 0
}

const check = (schema: JsonSchema, value: unknown, at: string, problems: Map<string, string>): void => {
  const say = (sentence: string) => {
    if (problems.size < MAX_PROBLEMS && !problems.has(at)) problems.set(at, sentence)
  }
  const { type, allOf = [] } = schema
  const types = type === undefined ? [] : isString(type) ? [type] : type
  if (types.length > 0 && !types.some((one) => hasType(one, value))) {
    say(value === undefined ? 'This is required.' : `This must be ${types.join(' or ')}.`)
    return
  }
  if ('const' in schema && !isEqual(schema.const, value)) say(`This must be ${JSON.stringify(schema.const)}.`)
  if (schema.enum && !schema.enum.some((one) => isEqual(one, value))) say('This is none of the choices.')
  for (const choices of [schema.anyOf, schema.oneOf])
    if (choices && !choices.some((one) => fits(one, value))) say('This fits none of the forms it may have.')
  for (const one of allOf) check(one, value, at, problems)
  if (typeof value === 'number') checkNumber(schema, value, say)
  if (isString(value)) checkSize(value.length, schema.minLength, schema.maxLength, 'characters', say)
  const inside = (key: string | number) => (at === '' ? String(key) : `${at}.${key}`)
  if (Array.isArray(value)) {
    checkSize(value.length, schema.minItems, schema.maxItems, 'items', say)
    for (const [index, item] of value.entries()) {
      if (problems.size >= MAX_PROBLEMS) return
      const one = schema.prefixItems?.[index] ?? schema.items
      if (one) check(one, item, inside(index), problems)
    }
  } else if (isRecord(value)) checkObject(schema, value, inside, problems)
}

const checkNumber = (schema: JsonSchema, value: number, say: (sentence: string) => void): void => {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (minimum !== undefined && value < minimum) say(`At least ${minimum}.`)
  if (maximum !== undefined && value > maximum) say(`At most ${maximum}.`)
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) say(`More than ${exclusiveMinimum}.`)
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) say(`Less than ${exclusiveMaximum}.`)
}

const checkSize = (
  size: number,
  min: number | undefined,
  max: number | undefined,
  unit: string,
  say: (sentence: string) => void,
): void => {
  if (min !== undefined && size < min) say(`At least ${min} ${unit}.`)
  if (max !== undefined && size > max) say(`At most ${max} ${unit}.`)
}

const checkObject = (
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  inside: (key: string) => string,
  problems: Map<string, string>,
): void => {
  for (const key of required)
    if (!Object.hasOwn(value, key) && problems.size < MAX_PROBLEMS) problems.set(inside(key), 'This is required.')
  for (const [key, item] of Object.entries(value)) {
    if (problems.size >= MAX_PROBLEMS) return
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (own) check(own, item, inside(key), problems)
    else if (additionalProperties === false) problems.set(inside(key), 'There is no such field.')
    else if (isRecord(additionalProperties)) check(additionalProperties as JsonSchema, item, inside(key), problems)
  }
}
