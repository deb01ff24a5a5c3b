import { describe, expect, test } from 'vitest'
import { findJsonProblems, parseJsonSchema } from './json-schema'
import { isRefusal } from './parse'

const deep = (levels: number): object =>
  levels === 0 ? { type: 'string' } : { type: 'object', properties: { a: deep(levels - 1) } }
const many = { type: 'object', properties: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`p${n}`, {}])) }

describe('a schema is refused', () => {
  test.each<[string, unknown, RegExp]>([
    ['that is none', 'object', /JSON schema of an object/],
    ['of something other than an object', { type: 'string' }, /JSON schema of an object/],
    ['that refers to itself', { type: 'object', properties: { a: { $ref: '#' } } }, /properties\.a must not refer/],
    ['with a type that does not exist', { type: 'object', properties: { a: { type: 'date' } } }, /properties\.a\.type/],
    ['that is nested too deep', deep(18), /nested more than/],
    ['of too many parts', many, /more than 1000 schemas/],
    ['that is too long', { type: 'object', description: 'x'.repeat(70_000) }, /longer than/],
    ['with a limit that is no number', { type: 'object', properties: { a: { minimum: '1' } } }, /minimum must be/],
    ['with half a character', { type: 'object', properties: { a: { minLength: 0.5 } } }, /minLength must be/],
    ['with the name of a prototype', JSON.parse('{"type":"object","properties":{"__proto__":{}}}'), /name __proto__/],
    ['with choices that are no schemas', { type: 'object', anyOf: ['a'] }, /anyOf must be/],
    [
      'with an item that is no schema',
      { type: 'object', properties: { a: { items: 5 } } },
      /items must be a JSON schema/,
    ],
  ])('%s', (_, schema, sentence) => {
    expect(parseJsonSchema(schema, 'inputs')).toEqual({ refused: expect.stringMatching(sentence) })
  })
})

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 5 },
    count: { type: 'integer', minimum: 1, exclusiveMaximum: 10 },
    state: { enum: ['open', 'closed'] },
    kind: { const: 'order' },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
      maxItems: 2,
    },
    either: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    labels: { type: 'object', additionalProperties: { type: 'number' } },
    pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] },
  },
  required: ['name'],
  additionalProperties: false,
} as const

describe('a value', () => {
  test.each<[string, unknown, Readonly<Record<string, string>>]>([
    [
      'that fits',
      {
        name: 'a',
        count: 9,
        state: 'open',
        kind: 'order',
        lines: [{ sku: 's' }],
        either: null,
        labels: { a: 1 },
        pair: ['a', 1],
      },
      {},
    ],
    ['that is no object', [], { '': 'This must be object.' }],
    ['without what is required', {}, { name: 'This is required.' }],
    ['with more than there is', { name: 'a', more: 1 }, { more: 'There is no such field.' }],
    ['that is too short', { name: '' }, { name: 'At least 1 characters.' }],
    ['that is too long', { name: 'abcdef' }, { name: 'At most 5 characters.' }],
    ['that is half a number', { name: 'a', count: 1.5 }, { count: 'This must be integer.' }],
    ['that is too small', { name: 'a', count: 0 }, { count: 'At least 1.' }],
    ['that is not small enough', { name: 'a', count: 10 }, { count: 'Less than 10.' }],
    ['that is no choice', { name: 'a', state: 'gone' }, { state: 'This is none of the choices.' }],
    ['that is another constant', { name: 'a', kind: 'x' }, { kind: 'This must be "order".' }],
    ['deep inside a list', { name: 'a', lines: [{ sku: 's' }, {}] }, { 'lines.1.sku': 'This is required.' }],
    [
      'with too many items',
      { name: 'a', lines: [{ sku: '' }, { sku: '' }, { sku: '' }] },
      { lines: 'At most 2 items.' },
    ],
    ['of no form', { name: 'a', either: 5 }, { either: 'This fits none of the forms it may have.' }],
    ['among others', { name: 'a', labels: { b: 'x' } }, { 'labels.b': 'This must be number.' }],
    ['at its place', { name: 'a', pair: ['a', 'b'] }, { 'pair.1': 'This must be number.' }],
  ])('%s', (_, value, problems) => {
    const parsed = parseJsonSchema(schema, 'inputs')
    if (isRefusal(parsed)) throw new Error(parsed.refused)
    expect(findJsonProblems(parsed, value)).toEqual(problems)
  })

  test('of thousands of mistakes is told fifty', () => {
    const list = { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } } }
    const parsed = parseJsonSchema(list, 'inputs')
    if (isRefusal(parsed)) throw new Error(parsed.refused)
    expect(Object.keys(findJsonProblems(parsed, { a: Array.from({ length: 100_000 }, () => 1) }))).toHaveLength(50)
  })
})
