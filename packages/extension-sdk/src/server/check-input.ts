import { InvalidInputError } from '../errors/server-errors'

/** What Zod, Valibot, ArkType and others have in common: https://standardschema.dev */
export interface InputSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => InputResult | Promise<InputResult>
  }
}

type InputResult =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] }

const isSchema = (value: unknown): value is InputSchema =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof Reflect.get(Reflect.get(value, '~standard') ?? {}, 'validate') === 'function'

const keyOf = (part: unknown): string =>
  String(typeof part === 'object' && part !== null && 'key' in part ? part.key : part)

/**
 * A server function whose first argument is checked before it runs. The build puts it around a function whose file exports `input`.
 *
 * @throws {InvalidInputError} with a sentence for each field, by its path in dots.
 */
export const checkInput = (fn: unknown, schema: unknown): unknown => {
  if (typeof fn !== 'function') return fn
  if (!isSchema(schema))
    throw new TypeError('input is not a schema. Export one of Zod, Valibot or another that follows Standard Schema.')
  return async (first: unknown, ...rest: readonly unknown[]): Promise<unknown> => {
    const result = await schema['~standard'].validate(first)
    if (!result.issues) return fn(result.value, ...rest)
    const fields: Record<string, string> = Object.create(null)
    // The first message of a field is the one to show.
    for (const { path = [], message } of result.issues.slice(0, 50)) fields[path.map(keyOf).join('.')] ??= message
    throw new InvalidInputError('The input was refused; `fields` says what was expected where.', { ...fields })
  }
}
