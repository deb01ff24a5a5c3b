import { describe, isName, isPrototypeKey, isRecord, isString, type Parsed, refuse } from './parse'

export const FIELD_TYPES = [
  'string',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'email',
  'url',
  'phone',
  'select',
  'array',
  'struct',
  'object',
  'currency',
  'secret',
  'file',
] as const

export type FieldType = (typeof FIELD_TYPES)[number]

export interface FieldOption {
  readonly value: string
  readonly label: string
}

/** One field of a form, a workflow block or a quick action: plain data, so that a product can draw and check it without the app. */
export interface FieldSchema {
  readonly type: FieldType
  readonly label?: string
  readonly description?: string
  readonly placeholder?: string
  /** It may be left out. Else it is required. */
  readonly optional?: true
  readonly default?: unknown
  readonly multiline?: true
  readonly minLength?: number
  readonly maxLength?: number
  /** A regular expression for the whole text. */
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly integer?: true
  /** Of a `select`. */
  readonly options?: readonly FieldOption[]
  /** Of an `array`. */
  readonly items?: FieldSchema
  readonly minItems?: number
  readonly maxItems?: number
  /** Of a `struct`. */
  readonly fields?: FieldSchemas
}

export interface FieldSchemas {
  readonly [name: string]: FieldSchema
}

const MAX_FIELDS = 1_000
const MAX_DEPTH = 8
const NUMBERS = ['minLength', 'maxLength', 'min', 'max', 'step', 'minItems', 'maxItems'] as const
const TEXTS = ['label', 'description', 'placeholder', 'pattern'] as const

/** Parses the fields of a surface. `path` is where they stand, for the sentence. */
export const parseFieldSchemas = (value: unknown, path: string): Parsed<FieldSchemas> => {
  const problem = findFieldsProblem(value, path, 0)
  return problem ? refuse(problem) : (value as FieldSchemas)
}

const findFieldsProblem = (value: unknown, path: string, depth: number): string | undefined => {
  if (!isRecord(value)) return `${path} must be an object; received ${describe(value)}.`
  if (depth > MAX_DEPTH) return `${path} is nested deeper than ${MAX_DEPTH} levels.`
  const entries = Object.entries(value)
  if (entries.length > MAX_FIELDS) return `${path} has ${entries.length} fields; at most ${MAX_FIELDS} are allowed.`
  for (const [name, field] of entries) {
    if (isPrototypeKey(name) || !isName(name, 100)) return `${path} has a field whose name is refused.`
    const problem = findFieldProblem(field, `${path}.${name}`, depth)
    if (problem) return problem
  }
  return undefined
}

const findFieldProblem = (field: unknown, path: string, depth: number): string | undefined => {
  if (!isRecord(field)) return `${path} must be an object; received ${describe(field)}.`
  if (!FIELD_TYPES.some((type) => type === field.type)) return `${path}.type is ${describe(field.type)}, no field type.`
  const text = TEXTS.find((key) => field[key] !== undefined && !(isString(field[key]) && field[key].length <= 1_000))
  if (text) return `${path}.${text} must be text of at most 1,000 characters.`
  const number = NUMBERS.find((key) => field[key] !== undefined && !Number.isFinite(field[key]))
  if (number) return `${path}.${number} must be a number.`
  if (field.type === 'select') {
    const { options } = field
    if (!Array.isArray(options) || options.length > 500 || !options.every(isOption))
      return `${path}.options must be an array of at most 500 choices, { value, label } each.`
  }
  if (field.type === 'array') return findFieldProblem(field.items, `${path}.items`, depth + 1)
  return field.type === 'struct' ? findFieldsProblem(field.fields, `${path}.fields`, depth + 1) : undefined
}

const isOption = (option: unknown): boolean => isRecord(option) && isString(option.value) && isString(option.label)
