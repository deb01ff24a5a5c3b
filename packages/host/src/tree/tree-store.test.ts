import {
  createPackedWriter,
  DEFAULT_LIMITS,
  type ElementNode,
  isRefusal,
  type PlainValue,
  parseTreeBatch,
  ROOT_NODE_ID,
  sayOperations,
  type TreeNode,
  type TreeOperation,
} from '@souk/extension-sdk/protocol'
import { describe, expect, test, vi } from 'vitest'
import { testRegistry } from '../testing/test-registry'
import type { ExtensionEvent } from './extension-event'
import { createTreeStore, type TreeStoreOptions } from './tree-store'

const element = (
  id: number,
  component: string,
  children: readonly TreeNode[] = [],
  props: Readonly<Record<string, PlainValue>> = {},
  handlers: readonly string[] = [],
): ElementNode => ({ id, component, props, handlers, children })

const insert = (node: TreeNode, parent = 0, before = 0): TreeOperation => ({ op: 'insert', parent, before, node })

const createStore = (options: Partial<TreeStoreOptions> = {}) => {
  const report = vi.fn()
  const sendEvent = vi.fn(async (_event: ExtensionEvent): Promise<PlainValue> => null)
  const onFailed = vi.fn()
  const limits = { ...DEFAULT_LIMITS, nodesPerRoot: 50, treeDepth: 5, handlersPerRoot: 10 }
  const store = createTreeStore({
    rootId: 'r1',
    registry: testRegistry,
    limits,
    sendEvent,
    report,
    onFailed,
    ...options,
  })
  let commit = 0
  const apply = (...operations: readonly TreeOperation[]) => store.apply({ rootId: 'r1', commit: ++commit, operations })
  const print = (id = ROOT_NODE_ID): string => {
    const view = store.view(id)
    if (!view) return '?'
    if (view.kind === 'text') return JSON.stringify(view.text)
    const children = view.children.map((child) => print(child)).join(' ')
    return view.kind === 'group' ? children : `${view.registered.name}#${id}(${children})`
  }
  const props = (id: number) => {
    const view = store.view(id)
    return view?.kind === 'element' ? view.props : undefined
  }
  return { store, report, sendEvent, onFailed, apply, print, props }
}

const table = [insert(element(1, 'Stack', [element(2, 'Text', [{ id: 3, text: 'a' }]), element(4, 'Text')]))]

describe('a hostile batch takes the root down with a code, and nothing of it is drawn', () => {
  const chain = (length: number, from = 100): TreeNode =>
    element(from, 'Stack', length > 1 ? [chain(length - 1, from + 1)] : [])
  const many = (count: number, from = 100) => Array.from({ length: count }, (_, index) => element(from + index, 'Text'))

  test.each<[string, string, readonly TreeOperation[]]>([
    ['an unknown parent', 'UNKNOWN_NODE', [insert(element(9, 'Text'), 77)]],
    ['an unknown sibling to stand before', 'UNKNOWN_NODE', [insert(element(9, 'Text'), 1, 77)]],
    ['a sibling of another parent', 'UNKNOWN_NODE', [insert(element(9, 'Text'), 0, 2)]],
    ['a child of a text', 'UNKNOWN_NODE', [insert(element(9, 'Text'), 3)]],
    ['an id that is in the tree', 'UNKNOWN_NODE', [insert(element(2, 'Text'))]],
    ['the same id twice in a subtree', 'UNKNOWN_NODE', [insert(element(9, 'Stack', [element(9, 'Text')]))]],
    ['the id of the root', 'UNKNOWN_NODE', [insert(element(0, 'Text'))]],
    ['a move of an unknown node', 'UNKNOWN_NODE', [{ op: 'move', id: 77, parent: 1, before: 0 }]],
    ['a move into an unknown node', 'UNKNOWN_NODE', [{ op: 'move', id: 2, parent: 77, before: 0 }]],
    ['a move into itself', 'UNKNOWN_NODE', [{ op: 'move', id: 1, parent: 1, before: 0 }]],
    ['a move into its own child', 'UNKNOWN_NODE', [{ op: 'move', id: 1, parent: 2, before: 0 }]],
    ['a move before itself', 'UNKNOWN_NODE', [{ op: 'move', id: 2, parent: 1, before: 2 }]],
    ['a move into a text', 'UNKNOWN_NODE', [{ op: 'move', id: 4, parent: 3, before: 0 }]],
    ['a move of the root', 'UNKNOWN_NODE', [{ op: 'move', id: 0, parent: 1, before: 0 }]],
    ['a removal of the root', 'UNKNOWN_NODE', [{ op: 'remove', ids: [0] }]],
    ['a removal of an unknown node', 'UNKNOWN_NODE', [{ op: 'remove', ids: [77] }]],
    ['a removal twice', 'UNKNOWN_NODE', [{ op: 'remove', ids: [2, 2] }]],
    [
      'an insert into what the batch removed',
      'UNKNOWN_NODE',
      [{ op: 'remove', ids: [1] }, insert(element(9, 'Text'), 2)],
    ],
    ['props for an unknown node', 'UNKNOWN_NODE', [{ op: 'set', id: 77, props: {}, unset: [] }]],
    ['props for a text', 'UNKNOWN_NODE', [{ op: 'set', id: 3, props: {}, unset: [] }]],
    ['props for the root', 'UNKNOWN_NODE', [{ op: 'set', id: 0, props: {}, unset: [] }]],
    ['handlers for a text', 'UNKNOWN_NODE', [{ op: 'handlers', id: 3, handlers: [] }]],
    ['a text for a component', 'UNKNOWN_NODE', [{ op: 'text', id: 2, text: 'x' }]],
    ['hiding the root', 'UNKNOWN_NODE', [{ op: 'hide', id: 0, hidden: true }]],
    ['hiding an unknown node', 'UNKNOWN_NODE', [{ op: 'hide', id: 77, hidden: true }]],
    ['a component that does not exist', 'UNAUTHORIZED_COMPONENT', [insert(element(9, 'Iframe'))]],
    ['a DOM element', 'UNAUTHORIZED_COMPONENT', [insert(element(9, 'script'))]],
    ['a component named constructor', 'UNAUTHORIZED_COMPONENT', [insert(element(9, 'constructor'))]],
    ['a component named __proto__', 'UNAUTHORIZED_COMPONENT', [insert(element(9, '__proto__'))]],
    ['a component of the chrome', 'UNAUTHORIZED_COMPONENT', [insert(element(9, 'ConfirmDialog'))]],
    ['a bad component deep in a subtree', 'UNAUTHORIZED_COMPONENT', [insert(element(9, 'Stack', [element(10, 'x')]))]],
    ['too many nodes', 'LIMIT_EXCEEDED', many(60).map((node) => insert(node))],
    ['too deep a subtree', 'LIMIT_EXCEEDED', [insert(chain(6))]],
    ['a subtree that is too deep at its place', 'LIMIT_EXCEEDED', [insert(chain(4), 2)]],
    [
      'a tree made deep by moves',
      'LIMIT_EXCEEDED',
      [insert(chain(3, 20)), insert(chain(3, 30)), { op: 'move', id: 30, parent: 22, before: 0 }],
    ],
    [
      'too many handlers',
      'LIMIT_EXCEEDED',
      many(11).map((node) => insert({ ...node, component: 'Button', handlers: ['onPress'] })),
    ],
  ])('%s: %s', (_name, code, operations) => {
    const { store, apply, print, onFailed, report } = createStore()
    apply(...table)
    apply(insert({ id: 50, text: 'half' }), ...operations)
    expect(store.status()).toMatchObject({ state: 'failed', code })
    expect(onFailed).toHaveBeenCalledWith(code)
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code, rootId: 'r1' }))
    expect(print()).toBe('')
    apply(insert(element(9, 'Text')))
    expect(print()).toBe('')
  })

  test('a packed batch that is wrong takes the root down, whatever it had said before', () => {
    const { store, onFailed, print } = createStore()
    const writer = createPackedWriter()
    sayOperations(table, writer)
    const batch = writer.take('r1', 1)
    store.apply({ ...batch, text: '' })
    expect(store.status()).toMatchObject({ state: 'failed', code: 'INVALID_MESSAGE' })
    expect(onFailed).toHaveBeenCalledWith('INVALID_MESSAGE')
    expect(print()).toBe('')
  })

  test.each([[3], [1], [0], [-1]])('commit %s after commit 1 is BATCH_OUT_OF_ORDER', (commit) => {
    const { store, apply } = createStore()
    apply(...table)
    store.apply({ rootId: 'r1', commit, operations: [] })
    expect(store.status()).toMatchObject({ state: 'failed', code: 'BATCH_OUT_OF_ORDER' })
  })

  test('a batch that removes as much as it inserts stays under the limit', () => {
    const { store, apply } = createStore()
    apply(...many(50, 1).map((node) => insert(node)))
    apply({ op: 'remove', ids: Array.from({ length: 50 }, (_, index) => index + 1) }, ...many(50).map((n) => insert(n)))
    expect(store.status().state).toBe('drawn')
  })

  test('a prototype key in props does not even parse', () => {
    const batch = JSON.parse(
      '{"rootId":"r1","commit":1,"operations":[{"op":"insert","parent":0,"before":0,"node":{"id":1,"component":"Text","props":{"__proto__":{"tone":"info"}},"handlers":[],"children":[]}}]}',
    )
    expect(isRefusal(parseTreeBatch(batch, DEFAULT_LIMITS))).toBe(true)
  })

  test('moves in a circle among many siblings cost no more than the moves', () => {
    const { apply, print, store } = createStore({ limits: DEFAULT_LIMITS })
    const count = 15_000
    apply(...many(count, 1).map((node) => insert(node)))
    apply(
      ...Array.from(
        { length: count },
        (_, index): TreeOperation => ({ op: 'move', id: index + 1, parent: 0, before: 0 }),
      ),
    )
    expect(store.status().state).toBe('drawn')
    expect(print().startsWith('Text#1() Text#2()')).toBe(true)
  })
})

describe('operations', () => {
  test('insert, move and remove address nodes by id', () => {
    const { apply, print } = createStore()
    apply(insert(element(1, 'Text')), insert(element(2, 'Text')), insert(element(3, 'Text')))
    apply({ op: 'move', id: 3, parent: 0, before: 1 })
    expect(print()).toBe('Text#3() Text#1() Text#2()')
    apply({ op: 'move', id: 3, parent: 0, before: 2 }, { op: 'move', id: 1, parent: 0, before: 0 })
    expect(print()).toBe('Text#3() Text#2() Text#1()')
    apply(insert({ id: 4, text: 'x' }, 0, 2), { op: 'remove', ids: [1] })
    expect(print()).toBe('Text#3() "x" Text#2()')
    apply({ op: 'move', id: 3, parent: 2, before: 0 }, { op: 'text', id: 4, text: 'y' })
    expect(print()).toBe('"y" Text#2(Text#3())')
    apply({ op: 'remove', ids: [2] })
    expect(print()).toBe('"y"')
  })

  test('changes in the middle, which leave the first and the last child alone, are drawn too', () => {
    const { apply, print } = createStore()
    apply(...[1, 2, 3, 4].map((id) => insert(element(id, 'Text'))))
    apply({ op: 'move', id: 3, parent: 0, before: 2 })
    expect(print()).toBe('Text#1() Text#3() Text#2() Text#4()')
    apply(insert(element(5, 'Text'), 0, 2))
    expect(print()).toBe('Text#1() Text#3() Text#5() Text#2() Text#4()')
    apply({ op: 'remove', ids: [5] })
    expect(print()).toBe('Text#1() Text#3() Text#2() Text#4()')
  })

  test('hide keeps the node and says that it is not drawn', () => {
    const { store, apply } = createStore()
    apply(...table)
    apply({ op: 'hide', id: 2, hidden: true })
    expect(store.view(2)).toMatchObject({ kind: 'element', hidden: true, children: [3] })
    apply({ op: 'hide', id: 2, hidden: false })
    expect(store.view(2)).toMatchObject({ hidden: false, children: [3] })
  })

  test('a declared slot is drawn, another is not and is reported', () => {
    const { store, apply, report } = createStore()
    const slot = (id: number, name: string) => element(id, '#slot', [element(id + 1, 'Text')], { name })
    apply(insert(element(1, 'Card', [slot(2, 'actions'), slot(4, 'dangerouslySetInnerHTML'), element(6, 'Text')])))
    expect(store.view(1)).toMatchObject({ children: [6], slots: [{ name: 'actions', id: 2 }] })
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'INVALID_PROP' }))
    apply({ op: 'set', id: 2, props: { name: 'footer' }, unset: [] })
    expect(store.view(1)).toMatchObject({ slots: [{ name: 'footer', id: 2 }] })
    apply({ op: 'remove', ids: [2] })
    expect(store.view(1)).toMatchObject({ slots: [] })
  })

  test('a slot at the root is not drawn', () => {
    const { apply, print } = createStore()
    apply(insert(element(1, '#slot', [element(2, 'Text')], { name: 'actions' })))
    expect(print()).toBe('')
  })

  test('children of a component that takes none are not drawn and are reported', () => {
    const { store, apply, report } = createStore()
    apply(insert(element(1, 'Separator', [element(2, 'Text')])))
    expect(store.view(1)).toMatchObject({ children: [] })
    expect(report).toHaveBeenCalledOnce()
  })

  test('a batch that is wrong in a thousand places reports a few of them', () => {
    const { apply, report } = createStore({ limits: DEFAULT_LIMITS })
    apply(...Array.from({ length: 1000 }, (_, index) => insert(element(index + 1, 'Text', [], { evil: 1 }))))
    expect(report.mock.calls.length).toBeLessThanOrEqual(20)
  })
})

describe('events', () => {
  const button = insert(element(1, 'Button', [], { label: 'Go' }, ['onPress']))
  const input = (props: Readonly<Record<string, PlainValue>>, handlers = ['onChange']) =>
    insert(element(1, 'Input', [], { label: 'Name', ...props }, handlers))

  test('a handler is one function for as long as its node lives', async () => {
    const { store, apply, sendEvent } = createStore()
    apply(button)
    const handler = store.handler(1, 'onPress')
    apply({ op: 'set', id: 1, props: { label: 'Stop' }, unset: [] })
    expect(store.handler(1, 'onPress')).toBe(handler)
    await handler({ target: document, nativeEvent: 'secret' })
    expect(sendEvent).toHaveBeenCalledWith({ rootId: 'r1', handlerId: '1:onPress', args: [] })
  })

  test('an event of a node that is gone is not sent', async () => {
    const { store, apply, sendEvent, report } = createStore()
    apply(button)
    const handler = store.handler(1, 'onPress')
    apply({ op: 'remove', ids: [1] })
    expect(await handler()).toBeUndefined()
    expect(sendEvent).not.toHaveBeenCalled()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'HANDLER_NOT_FOUND' }))
  })

  test('an argument that is not what the contract says is not sent', async () => {
    const { store, apply, sendEvent } = createStore()
    apply(input({ value: '' }))
    await store.handler(1, 'onChange')(document)
    expect(sendEvent).not.toHaveBeenCalled()
  })

  test('a handler that fails is reported and never rejects', async () => {
    const { store, apply, report } = createStore({ sendEvent: () => Promise.reject(new Error('boom')) })
    apply(button)
    expect(await store.handler(1, 'onPress')()).toBeUndefined()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'EXTENSION_ERROR' }))
  })

  test('an edit shows at once and late values of the extension wait for their turn', () => {
    const { store, apply, props, sendEvent } = createStore()
    apply(input({ value: '' }))
    const onChange = store.handler(1, 'onChange')
    void onChange('a')
    void onChange('ab')
    void onChange('abc')
    expect(sendEvent.mock.calls.map(([event]) => event.eventVersion)).toEqual([1, 2, 3])
    apply({ op: 'set', id: 1, props: { value: 'A' }, unset: [] }, { op: 'ack', id: 1, eventVersion: 1 })
    expect(props(1)?.value).toBe('abc')
    apply({ op: 'set', id: 1, props: { value: 'AB' }, unset: [] }, { op: 'ack', id: 1, eventVersion: 2 })
    expect(props(1)?.value).toBe('abc')
    apply({ op: 'ack', id: 1, eventVersion: 3 }, { op: 'set', id: 1, props: { value: 'ABC' }, unset: [] })
    expect(props(1)?.value).toBe('ABC')
    apply({ op: 'set', id: 1, props: { value: '' }, unset: [] })
    expect(props(1)?.value).toBe('')
  })

  test('an extension that refuses an edit has its own value back when it has answered', () => {
    const { store, apply, props } = createStore()
    apply(input({ value: '12' }))
    void store.handler(1, 'onChange')('12x')
    expect(props(1)?.value).toBe('12x')
    apply({ op: 'ack', id: 1, eventVersion: 1 })
    expect(props(1)?.value).toBe('12')
  })

  test.each([[2], [99], [0]])(
    'an answer to edit %s, which does not answer the latest, changes nothing',
    (eventVersion) => {
      const { store, apply, props } = createStore()
      apply(input({ value: '' }))
      void store.handler(1, 'onChange')('a')
      apply({ op: 'set', id: 1, props: { value: 'stolen' }, unset: [] }, { op: 'ack', id: 1, eventVersion })
      expect(props(1)?.value).toBe('a')
    },
  )

  test('an answer for a field that is gone is not an error', () => {
    const { store, apply } = createStore()
    apply(input({ value: '' }))
    apply({ op: 'remove', ids: [1] }, { op: 'ack', id: 1, eventVersion: 1 })
    expect(store.status().state).toBe('drawn')
  })

  test('a field whose value the extension leaves alone keeps what the user typed', () => {
    const { store, apply, props, sendEvent } = createStore()
    apply(input({}, []))
    void store.handler(1, 'onChange')('typed')
    expect(props(1)?.value).toBe('typed')
    expect(sendEvent).not.toHaveBeenCalled()
  })

  test('a value without a handler is one the user may not change', () => {
    const { store, apply, props } = createStore()
    apply(input({ value: 'fixed' }, []))
    void store.handler(1, 'onChange')('typed')
    expect(props(1)?.value).toBe('fixed')
  })
})
