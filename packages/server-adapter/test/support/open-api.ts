import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { createSouk } from '../../src/index'
import { createMemoryStorage } from '../../src/storage'
import { createFakeRuntime, KEY, SANDBOX } from './create-world'

export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>

interface DocumentOperation {
  readonly operationId: string
  readonly summary: string
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema?: JsonSchema }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

/** The document as it is served. */
export const createDocument = async <T = OpenApiDocument>(): Promise<T> => {
  const souk = createSouk({
    storage: createMemoryStorage(),
    authenticate: () => null,
    secrets: { current: { id: 'k', key: KEY } },
    runtime: createFakeRuntime().runtime,
    sandbox: SANDBOX,
  })
  const response = await souk.fetch(new Request('http://product.test/api/souk/openapi.json'))
  // The test that reads it says what it expects of it.
  return (await response.json()) as T
}

export const operationsOf = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )

/** Says what of an answer is not as the document has it; undefined when all is well. */
export const createAnswerCheck = (document: OpenApiDocument) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'souk', ...document })
  const routes = operationsOf(document).map((operation) => ({
    ...operation,
    pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }))
  const compile = (pointer: string) => ajv.compile({ $ref: `souk#${pointer}` })
  const validators = new Map<string, ReturnType<typeof compile>>()
  const escapePart = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

  return (method: string, path: string, status: number, body: unknown): string | undefined => {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
    const route = routes.find((one) => one.method === verb && one.pattern.test(path))
    const isProblem = status >= 400
    if (!route && !isProblem) return `${method} ${path} is not in the document`
    const declared = status === 200 && route?.responses[201] ? '201' : String(status)
    const pointer = isProblem
      ? '/components/schemas/Problem'
      : `/paths/${escapePart(route?.path ?? '')}/${verb}/responses/${declared}/content/application~1json/schema`
    const validate = validators.get(pointer) ?? compile(pointer)
    validators.set(pointer, validate)
    return validate(body) ? undefined : `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`
  }
}
