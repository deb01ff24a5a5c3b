import type { FieldSchema, FieldSchemas } from '../protocol/field-schema'
import { isRecord } from '../protocol/parse'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const FORMATS: Readonly<Record<string, readonly [(text: string) => boolean, string]>> = {
  email: [(text) => EMAIL.test(text), 'Enter an e-mail address.'],
  url: [(text) => URL.canParse(text) && /^https?:/.test(text), 'Enter an address that starts with https://.'],
  date: [(text) => /^\d{4}-\d\d-\d\d$/.test(text), 'Enter a day.'],
  datetime: [(text) => !Number.isNaN(Date.parse(text)), 'Enter a day and a time.'],
  time: [(text) => /^\d\d:\d\d$/.test(text), 'Enter a time.'],
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** What is wrong with the value of a field, by its path; nothing when it may be sent. */
export const findFieldErrors = (field: FieldSchema, value: unknown, path: string): Readonly<Record<string, string>> => {
  if (isEmpty(value)) {
    if (field.type === 'array') return field.minItems ? { [path]: `Add at least ${field.minItems}.` } : {}
    return field.optional || field.type === 'boolean' ? {} : { [path]: 'This is required.' }
  }
  if (field.type === 'struct') return isRecord(value) ? validateFields(field.fields ?? {}, value, `${path}.`) : {}
  if (field.type === 'array') {
    if (!Array.isArray(value)) return { [path]: 'This must be a list.' }
    if (field.maxItems !== undefined && value.length > field.maxItems) return { [path]: `At most ${field.maxItems}.` }
    if (value.length < (field.minItems ?? 0)) return { [path]: `Add at least ${field.minItems}.` }
    const { items } = field
    return items
      ? Object.assign({}, ...value.map((item, index) => findFieldErrors(items, item, `${path}.${index}`)))
      : {}
  }
  const problem = typeof value === 'number' ? numberProblem(field, value) : textProblem(field, value)
  return problem ? { [path]: problem } : {}
}

const numberProblem = ({ type, min, max, integer }: FieldSchema, value: number): string | undefined => {
  if ((type !== 'number' && type !== 'currency') || !Number.isFinite(value)) return 'Enter a number.'
  if (integer && !Number.isInteger(value)) return 'Enter a whole number.'
  if (min !== undefined && value < min) return min === Number.MIN_VALUE ? 'Enter more than 0.' : `At least ${min}.`
  return max !== undefined && value > max ? `At most ${max}.` : undefined
}

const textProblem = (field: FieldSchema, value: unknown): string | undefined => {
  const { type, options, minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = field
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'This is yes or no.'
  if (type === 'object') return undefined
  if (typeof value !== 'string') return type === 'number' || type === 'currency' ? 'Enter a number.' : 'Enter text.'
  if (options && !options.some((option) => option.value === value)) return 'Choose one of the list.'
  if (value.length < minLength) return `At least ${minLength} characters.`
  if (value.length > maxLength) return `At most ${maxLength} characters.`
  const [fits, sentence] = FORMATS[type] ?? []
  if (fits && !fits(value)) return sentence
  return pattern !== undefined && !new RegExp(`^(?:${pattern})$`, 'u').test(value)
    ? 'This has another form.'
    : undefined
}

/** What is wrong with the values of a form, by path: `address.city`. Nothing when they may be sent. */
export const validateFields = (
  schemas: FieldSchemas,
  values: Readonly<Record<string, unknown>>,
  prefix = '',
): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...Object.entries(schemas).map(([name, field]) => findFieldErrors(field, values[name], `${prefix}${name}`)),
  )
