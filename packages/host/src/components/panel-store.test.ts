import { expect, test, vi } from 'vitest'
import { holds } from './conditional-render'
import { changedFields, createPanelStore } from './panel-store'

test('a value is found by its path, and only those who look hear of it', () => {
  const onChange = vi.fn()
  const store = createPanelStore({ title: 'A', items: [{ sku: '1' }] }, onChange)
  expect(store.get(['items', 0, 'sku'])).toBe('1')
  store.set(['items', 0, 'sku'], '2')
  expect(store.get(['items'])).toEqual([{ sku: '2' }])
  expect(store.get(['title'])).toBe('A')
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ title: 'A', items: [{ sku: '2' }] }, ['items', 0, 'sku'], '2')
})

test.each(['__proto__', 'constructor', 'toString'])('a field named %s is a field like any other', (name) => {
  const store = createPanelStore({}, () => undefined)
  expect(store.get([name])).toBeUndefined()
  store.set([name, 'polluted'], true)
  expect(store.get([name, 'polluted'])).toBe(true)
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

test.each([
  ['a new field', { a: 1 }, { a: 1, b: 2 }, [['b', 2]]],
  ['a changed field', { a: 1, b: [1] }, { a: 1, b: [2] }, [['b', [2]]]],
  ['an equal list that is another object', { a: [1] }, { a: [1] }, []],
  ['no values at all', { a: 1 }, undefined, []],
  ['what is no record', { a: 1 }, 'x', []],
])('the extension changes %s', (_, before, after, expected) => {
  expect(changedFields(before, after)).toEqual(expected)
})

test.each([
  ['a value without a condition', 'x', {}, true],
  ['no value without a condition', '', {}, false],
  ['an unchecked box', false, {}, false],
  ['the same value', 'x', { equals: 'x' }, true],
  ['another value', 'x', { equals: 'y' }, false],
  ['one of several', 'x', { oneOf: ['y', 'x'] }, true],
  ['none of several', 'z', { oneOf: ['y', 'x'] }, false],
  ['not the same value', 'x', { equals: 'x', not: true }, false],
  ['an empty field that has to be', '', { isSet: false }, true],
  ['two conditions of which one fails', 'x', { equals: 'x', isSet: false }, false],
])('%s decides', (_, value, condition, expected) => {
  expect(holds(value, condition)).toBe(expected)
})
