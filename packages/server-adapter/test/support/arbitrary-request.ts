import fc from 'fast-check'
import type { JsonSchema, OpenApiDocument, operationsOf } from './open-api'

type Operation = ReturnType<typeof operationsOf>[number]

export interface ArbitraryRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | undefined
}

const nasty = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e✓🎈',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  '../../etc/passwd',
  '%00',
  '<script>',
  'javascript:alert(1)',
  '{{7*7}}',
  'x'.repeat(5000),
)

const anyText = fc.oneof(nasty, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))

const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  fc.constantFrom(null, true, false, 0, -1, 1e308, 5e-324, 2 ** 53, [], {}, [[]], { '': '' }),
  fc.jsonValue({ maxDepth: 6 }),
)

/** What the schema asks for, now and then not. */
const fromSchema = (schema: JsonSchema | undefined, document: OpenApiDocument, depth = 0): fc.Arbitrary<unknown> => {
  if (!schema || depth > 6) return anyValue
  if (schema.$ref) return fromSchema(document.components.schemas[schema.$ref.replace(/^.*\//, '')], document, depth + 1)
  const right = rightValue(schema, document, depth)
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: anyValue })
}

const rightValue = (schema: JsonSchema, document: OpenApiDocument, depth: number): fc.Arbitrary<unknown> => {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fromSchema(one, document, depth + 1)))
  const [type] = [schema.type ?? []].flat()
  switch (type) {
    case 'string':
      return rightText(schema)
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1000 })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(fromSchema(schema.items, document, depth + 1), { maxLength: 4 })
    case 'object':
      return rightObject(schema, document, depth)
    default:
      return anyValue
  }
}

const rightText = ({ pattern, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> => {
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength)
  const text = fc.string({ unit: 'grapheme', minLength: Math.min(minLength, 50), maxLength: Math.min(maxLength, 50) })
  return fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength + 1)) },
    { weight: 1, arbitrary: nasty },
  )
}

const rightObject = (schema: JsonSchema, document: OpenApiDocument, depth: number): fc.Arbitrary<unknown> => {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([key, value]) => [key, fromSchema(value, document, depth + 1)] as const,
  )
  const named = fc.record(Object.fromEntries(properties), { requiredKeys: [...(schema.required ?? [])] })
  const free =
    typeof schema.additionalProperties === 'object'
      ? fc.dictionary(anyText, fromSchema(schema.additionalProperties, document, depth + 1), { maxKeys: 4 })
      : fc.oneof(
          { weight: 9, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: fc.dictionary(anyText, anyValue, { maxKeys: 3 }) },
        )
  return fc.tuple(named, free).map(([some, more]) => ({ ...some, ...more }))
}

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const PARTS_TYPE = 'multipart/form-data'
const BOUNDARY = 'fuzz'

const toForm = (value: unknown): string =>
  new URLSearchParams(
    Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([key, field]) => [
      wellFormed(key),
      // An object may have no prototype, and then no text of its own.
      wellFormed(typeof field === 'object' ? JSON.stringify(field) : String(field)),
    ]),
  ).toString()

const anyType = fc.constantFrom(
  JSON_TYPE,
  'application/json; charset=utf-16',
  'text/plain',
  'text/javascript',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/problem+json',
  'a/b',
  ';;',
)

const anyHeaders = fc.dictionary(
  fc.constantFrom(
    'accept',
    'accept-encoding',
    'content-encoding',
    'content-language',
    'idempotency-key',
    'if-none-match',
    'origin',
    'range',
    'referer',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-http-method-override',
    'x-request-id',
  ),
  // Header values are bytes to HTTP.
  fc
    .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 60 })
    .map((text) => text.trim()),
  { maxKeys: 3 },
)

const deep = (open: string, close: string) =>
  fc.integer({ min: 1, max: 100_000 }).map((depth) => `${open.repeat(depth)}1${close.repeat(depth)}`)

/** A text that is not quite the JSON that was meant. */
const brokenJson = (json: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.tuple(json, fc.nat(1000)).map(([text, cut]) => text.slice(0, cut % (text.length + 1))),
    deep('[', ']'),
    deep('{"a":', '}'),
    fc.constantFrom(
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{}}}',
      '{"a":1,"a":2}',
      '"\\ud800"',
      '{"\\u0000":1}',
      '1e999',
      '\ufeff{}',
      'NaN',
    ),
    json.map((text) => text.replaceAll('"', "'")),
  )

const FILE_NAMES = ['souk-file:', `souk-file:${'a'.repeat(43)}`, `souk-file:${'b'.repeat(43)}`]

/** Parts of a form: what was meant, files, and what somebody hostile writes between the boundaries. */
const partsOf = (schema: JsonSchema, document: OpenApiDocument): fc.Arbitrary<ArbitraryRequest['body']> => {
  const named = Object.entries(schema.properties ?? {}).map(([name, value]) =>
    fc.tuple(
      fc.constant(`name="${name}"`),
      fromSchema(value, document).map((sent) => JSON.stringify(sent) ?? ''),
    ),
  )
  const other = fc.tuple(
    fc.oneof(
      fc.constantFrom(...FILE_NAMES).map((name) => `name="${name}"; filename="a.csv"`),
      anyText.map((text) => `name="${wellFormed(text)}"; filename="${wellFormed(text)}"`),
      anyText.map(wellFormed),
    ),
    anyText.map(wellFormed),
  )
  return fc
    .tuple(fc.tuple(...named), fc.array(other, { maxLength: 4 }), fc.boolean(), fc.integer({ min: 0, max: 9 }))
    .map(([first, rest, isTurned, end]) => {
      const parts = isTurned && end < 2 ? [...rest, ...first] : [...first, ...rest]
      const text = parts.map(
        ([head, content]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`,
      )
      return `${text.join('')}${end === 0 ? '' : `--${BOUNDARY}--\r\n`}`
    })
}

const bodyOf = ({ requestBody }: Operation, document: OpenApiDocument): fc.Arbitrary<ArbitraryRequest['body']> => {
  const parts = requestBody?.content[PARTS_TYPE]?.schema
  if (parts) return partsOf(parts, document)
  const form = requestBody?.content[FORM_TYPE]?.schema
  if (form)
    return fc.oneof(
      { weight: 10, arbitrary: fromSchema(form, document).map(toForm) },
      { weight: 2, arbitrary: anyText.map(wellFormed) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(undefined, '', 'client_id=souk-cli&client_id=x', '__proto__=1', '%00=%ff'),
      },
    )
  const schema = requestBody?.content[JSON_TYPE]?.schema
  const json = (schema ? fromSchema(schema, document) : anyValue).map((value) => JSON.stringify(value) ?? 'null')
  return fc.oneof(
    { weight: 10, arbitrary: json },
    { weight: 3, arbitrary: brokenJson(json) },
    // A copy, because its buffer may not be shared.
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes)) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, '') },
    { weight: 1, arbitrary: fc.constant(`{"title":"${'x'.repeat(300_000)}"}`) },
  )
}

// An address cannot hold half of a surrogate pair, even from somebody hostile.
const wellFormed = (text: string) => text.replaceAll(/\p{Surrogate}/gu, '\ufffd')

/** The parts of an address, as somebody hostile would write them: encoded twice, broken, or not at all. */
const encodePart = (text: string, how: number): string => {
  const encoded = encodeURIComponent(wellFormed(text))
  return how === 0
    ? encoded.replaceAll('%', '%25')
    : how === 1
      ? `${encoded}%`
      : how === 2
        ? `${encoded}%E0%A4`
        : encoded
}

/**
 * Requests to one operation of the document: mostly what it asks for, with everything that can be wrong about it.
 *
 * @param known What exists, by the name of the parameter, so that requests reach what is behind the first check.
 */
export const arbitraryRequest = (
  operation: Operation,
  document: OpenApiDocument,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<ArbitraryRequest> => {
  const params = fc.tuple(
    ...[...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
      fc.tuple(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...(known[name] ?? [''])) },
          { weight: 1, arbitrary: anyText },
        ),
        fc.integer({ min: 0, max: 40 }),
      ),
    ),
  )
  const query = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'cursor',
        ...(operation.parameters ?? []).flatMap((one) => (one.in === 'query' ? [one.name] : [])),
      ),
      anyText,
    ),
    fc.oneof(anyText, fc.integer().map(String), fc.constantFrom('1e9', 'NaN', '0x10', '-0', 'eyJhIjoxfQ')),
    { maxKeys: 3 },
  )
  const method = fc.oneof(
    { weight: 12, arbitrary: fc.constant(operation.method.toUpperCase()) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND') },
  )
  const type = fc.oneof({ weight: 10, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anyType })
  return fc
    .record({ params, query, method, type, headers: anyHeaders, body: bodyOf(operation, document) })
    .map(({ params, query, method, type, headers, body }) => {
      let next = 0
      const path = operation.path.replaceAll(/\{\w+\}/g, () => {
        const [text, how] = params[next++] ?? ['', 9]
        return encodePart(text, how)
      })
      const search = new URLSearchParams(
        Object.entries(query).map(([key, value]) => [wellFormed(key), wellFormed(value)]),
      ).toString()
      const hasBody = method !== 'GET' && method !== 'HEAD'
      const [declared = JSON_TYPE] = Object.keys(operation.requestBody?.content ?? {})
      const meant = declared === PARTS_TYPE ? `${PARTS_TYPE}; boundary=${BOUNDARY}` : declared
      return {
        method,
        path: `${path}${search ? `?${search}` : ''}`,
        headers: { ...headers, ...(hasBody ? { 'content-type': type ?? meant } : {}) },
        body: hasBody ? body : undefined,
      }
    })
}
