import { type ComponentContract, type PlainValue, standardContract } from '@souk/extension-sdk/protocol'
import { describe, expect, test } from 'vitest'
import { checkHandlers, checkProps } from './check-props'

const { Button, DescriptionList, Image, Link, Select, Input } = standardContract.components

const badge: ComponentContract = {
  description: 'A test.',
  props: {
    tone: { type: 'enum', values: ['info', 'danger'] },
    count: { type: 'number', min: 3 },
    name: { type: 'string', optional: true, maxLength: 5 },
    // A product that declares these by mistake still does not pass them on.
    style: { type: 'string' },
    onClick: { type: 'string', optional: true },
  },
  events: { onPress: [], ref: [] },
  children: false,
  slots: [],
  named: ['name'],
}

const passed = (contract: ComponentContract, changes: Readonly<Record<string, PlainValue>>) =>
  checkProps('Badge', contract, {}, changes).props

describe('what never passes', () => {
  test.each<[string, PlainValue]>([
    ['dangerouslySetInnerHTML', { __html: '<img src=x onerror=alert(1)>' }],
    ['innerHTML', 'x'],
    ['ref', 'x'],
    ['key', 'x'],
    ['style', 'position:fixed'],
    ['className', 'x'],
    ['children', 'x'],
    ['constructor', 'x'],
    ['prototype', 'x'],
    ['toString', 'x'],
    ['hasOwnProperty', 'x'],
    ['onPress', 'alert(1)'],
    ['onClick', 'alert(1)'],
    ['onclick', 'alert(1)'],
    ['ONCLICK', 'alert(1)'],
    ['href', 'https://example.com'],
    ['as', 'script'],
    ['is', 'x'],
  ])('%s', (name, value) => {
    const { props, problems } = checkProps('Badge', badge, {}, { tone: 'info', count: 3, name: 'a', [name]: value })
    expect(Object.keys(props).sort()).toEqual(['count', 'name', 'tone'])
    expect(problems).toHaveLength(1)
  })

  test('__proto__, made as a parser makes it', () => {
    const { props } = checkProps('Badge', badge, {}, JSON.parse('{"__proto__":{"admin":true},"tone":"info","count":3}'))
    expect(Object.keys(props).sort()).toEqual(['count', 'tone'])
    expect((props as { admin?: boolean }).admin).toBeUndefined()
  })
})

test.each<[string, ComponentContract, Readonly<Record<string, PlainValue>>, string]>([
  ['a script URL', Link, { href: 'javascript:alert(1)' }, 'href'],
  ['a script URL with a newline', Link, { href: 'java\nscript:alert(1)' }, 'href'],
  ['an SVG image', Image, { src: 'data:image/svg+xml,<svg onload=alert(1)>', alt: 'x' }, 'src'],
  ['an http image', Image, { src: 'http://example.com/pixel.png', alt: 'x' }, 'src'],
])('%s becomes an empty address', (_name, contract, changes, prop) => {
  expect(passed(contract, changes)[prop]).toBe('')
})

test.each<[string, ComponentContract, Readonly<Record<string, PlainValue>>, Readonly<Record<string, PlainValue>>]>([
  ['a required text', Input, {}, { label: '' }],
  ['required items that are a text', DescriptionList, { items: 'evil' }, { items: [] }],
  ['optional options that are a text', Select, { label: 'x', options: 'evil' }, { label: 'x' }],
  ['a required choice and number', badge, { tone: 'evil', count: 1 }, { tone: 'info', count: 3 }],
  ['an optional choice', Button, { variant: 'evil' }, {}],
  ['an optional text that is an object', Button, { label: { toString: 'x' } }, {}],
  ['a text over its length', badge, { tone: 'info', count: 3, name: 'abcdef' }, { tone: 'info', count: 3 }],
  ['an explicit undefined', Button, { label: undefined }, {}],
])('a component gets what its types promise instead of %s', (_name, contract, changes, expected) => {
  expect(passed(contract, changes)).toEqual(expected)
})

test('a wrong value takes the place of the right one before it, so that nothing old stays by accident', () => {
  const before = passed(Button, { label: 'Save' })
  expect(checkProps('Button', Button, before, { label: 7 }).props).toEqual({})
})

test('unset removes, and gives a required prop its empty value', () => {
  expect(checkProps('Button', Button, { label: 'Save' }, {}, ['label', 'constructor']).props).toEqual({})
  expect(checkProps('Input', Input, { label: 'Name' }, {}, ['label']).props).toEqual({ label: '' })
})

test('what an accessible name requires is a diagnostic', () => {
  expect(checkProps('Badge', badge, {}, { tone: 'info', count: 3 }).problems).toEqual([
    expect.stringContaining('assistive'),
  ])
  expect(checkProps('Badge', badge, {}, { tone: 'info', count: 3, name: 'a' }).problems).toEqual([])
})

test('only the events of the contract have handlers, each once', () => {
  const { handlers, problems } = checkHandlers('Badge', badge, ['onPress', 'onPress', 'onClick', 'ref', 'constructor'])
  expect(handlers).toEqual(['onPress'])
  expect(problems).toHaveLength(3)
})
