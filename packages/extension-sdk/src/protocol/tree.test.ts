import { describe, expect, test } from 'vitest'
import { hostileValues } from '../../test/support/hostile'
import { DEFAULT_LIMITS, handlerId, isRefusal, parseHandlerId, parseTreeBatch, type TreeNode } from '.'

const limits = { nodesPerRoot: 10, treeDepth: 4, stringLength: 20, batchBytes: 2_000 }
const node = { id: 1, component: 'Text', props: {}, handlers: [], children: [] }
const parse = (operation: unknown) => parseTreeBatch({ rootId: 'r', commit: 1, operations: [operation] }, limits)
const insert = (value: unknown) => parse({ op: 'insert', parent: 0, before: 0, node: value })

const deep = (levels: number): TreeNode => ({ ...node, children: levels > 1 ? [deep(levels - 1)] : [] })

describe('parseTreeBatch', () => {
  test.each(hostileValues)('refuses %s as a batch, an operation and a node', (_what, value) => {
    expect([parseTreeBatch(value, limits), parse(value), insert(value)].map(isRefusal)).toEqual([true, true, true])
  })

  test.each([
    ['no root', { commit: 1, operations: [] }],
    ['commit 0', { rootId: 'r', commit: 0, operations: [] }],
    ['a negative commit', { rootId: 'r', commit: -1, operations: [] }],
    ['operations that are no array', { rootId: 'r', commit: 1, operations: { length: 1 } }],
    [
      'more operations than fit',
      { rootId: 'r', commit: 1, operations: Array.from({ length: 21 }, () => ({ op: 'text', id: 1, text: '' })) },
    ],
  ])('refuses %s', (_what, batch) => {
    expect(isRefusal(parseTreeBatch(batch, limits))).toBe(true)
  })

  test.each([
    { op: 'constructor' },
    { op: 'insert', parent: -1, before: 0, node },
    { op: 'insert', parent: 0, before: 0.5, node },
    { op: 'move', id: 0, parent: 0, before: 0 },
    { op: 'move', id: '1', parent: 0, before: 0 },
    { op: 'remove', ids: 1 },
    { op: 'remove', ids: [0] },
    { op: 'remove', ids: Array(1) },
    { op: 'remove', ids: ['1'] },
    { op: 'set', id: 1, props: null, unset: [] },
    { op: 'set', id: 1, props: {}, unset: 'a' },
    { op: 'set', id: 1, props: JSON.parse('{"__proto__":1}'), unset: [] },
    { op: 'set', id: 1, props: { a: 'x'.repeat(21) }, unset: [] },
    { op: 'set', id: 1, props: { onPress: () => {} }, unset: [] },
    { op: 'handlers', id: 1, handlers: ['constructor'] },
    { op: 'handlers', id: 1, handlers: ['press'] },
    { op: 'handlers', id: 1, handlers: ['on'] },
    { op: 'handlers', id: 1, handlers: ['onclick'] },
    { op: 'text', id: 1, text: 1 },
    { op: 'text', id: 1, text: 'x'.repeat(21) },
    { op: 'hide', id: 1, hidden: 1 },
    { op: 'ack', id: 1, eventVersion: -1 },
  ])('refuses the operation %j', (operation) => {
    expect(isRefusal(parse(operation))).toBe(true)
  })

  test.each([
    ['id 0', { ...node, id: 0 }],
    ['no component', { ...node, component: '' }],
    ['children that are no array', { ...node, children: 'x' }],
    ['props that are an array', { ...node, props: [] }],
    ['a text that is no string', { id: 1, text: {} }],
    ['a tree that is too deep', deep(5)],
    ['too many nodes', { ...node, children: Array.from({ length: 10 }, (_, index) => ({ id: index + 2, text: '' })) }],
  ])('refuses a node with %s', (_what, value) => {
    expect(isRefusal(insert(value))).toBe(true)
  })

  test('lets a whole batch through', () => {
    const batch = { rootId: 'r', commit: 1, operations: [{ op: 'insert', parent: 0, before: 0, node: deep(4) }] }
    expect(parseTreeBatch(batch, DEFAULT_LIMITS)).toEqual(batch)
  })
})

test('a handler reference names its node and prop, and nothing else parses as one', () => {
  expect(parseHandlerId(handlerId(12, 'onPress'))).toEqual({ node: 12, prop: 'onPress' })
  expect(['', ':', '1:', ':onPress', '-1:onPress', 'a:onPress', '1.5:onPress'].map(parseHandlerId)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  )
})

test('an array that is almost infinitely long and empty is refused by its length', () => {
  const ids: number[] = []
  ids.length = 2 ** 32 - 1
  expect(isRefusal(parse({ op: 'remove', ids }))).toBe(true)
})

test('a batch of many texts, each within its limit, is refused by their sum', () => {
  const texts = Array.from({ length: 9 }, (_, index) => ({ id: index + 2, text: 'x'.repeat(20) }))
  const operations = [{ op: 'insert', parent: 0, before: 0, node: { ...node, children: texts } }]
  const batch = { rootId: 'r', commit: 1, operations }
  expect(isRefusal(parseTreeBatch(batch, limits))).toBe(false)
  expect(isRefusal(parseTreeBatch(batch, { ...limits, batchBytes: 100 }))).toBe(true)
})
