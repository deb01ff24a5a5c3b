import { describe, expect, test } from 'vitest'
import { findPropProblem, type PlainValue, type PropSchema, standardContract } from '.'

const find = (schema: PropSchema, value: PlainValue) => findPropProblem(schema, value, 'prop')

describe('findPropProblem', () => {
  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'http://example.com',
    '//example.com',
    '/path',
    'vbscript:x',
    'blob:https://example.com/1',
    '',
  ])('refuses the link %j', (url) => {
    expect(find({ type: 'url', use: 'link' }, url)).toContain('prop must be')
  })

  test.each([
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    'http://example.com/a.png',
    'javascript:1',
  ])('refuses the image %j', (url) => {
    expect(find({ type: 'url', use: 'image' }, url)).toContain('prop must be')
  })

  test.each<readonly [string, PropSchema, PlainValue]>([
    ['nothing where something is required', { type: 'string' }, undefined],
    ['null, even when optional', { type: 'string', optional: true }, null],
    ['a number for a string', { type: 'string' }, 1],
    ['a string that is too long', { type: 'string', maxLength: 1 }, 'ab'],
    ['an object for a string', { type: 'string' }, { toString: 'x' }],
    ['a fraction for a whole number', { type: 'number', integer: true }, 0.5],
    ['a number below', { type: 'number', min: 1 }, 0],
    ['a number above', { type: 'number', max: 1 }, 2],
    ['text for a boolean', { type: 'boolean' }, 'false'],
    ['a value that is not in the list', { type: 'enum', values: ['a'] }, 'b'],
    ['a name of Array.prototype for a listed value', { type: 'enum', values: ['a'] }, 'length'],
    ['too many items', { type: 'array', items: { type: 'string' }, maxItems: 1 }, ['a', 'b']],
    ['a wrong item', { type: 'array', items: { type: 'string' } }, ['a', 1]],
    ['an unknown field', { type: 'object', fields: {} }, { a: 1 }],
    ['a field of Object.prototype', { type: 'object', fields: {} }, { toString: 1 }],
    ['an array for an object', { type: 'object', fields: {} }, []],
  ])('refuses %s', (_what, schema, value) => {
    expect(find(schema, value)).toMatch(/^prop/)
  })

  test('names the path of what is wrong', () => {
    const { options } = standardContract.components.Select.props
    expect(find(options, [{ value: 'a', label: 'A' }, { value: 'b' }])).toBe('prop[1].label is required.')
  })
})
