// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import { DEFAULT_LIMITS, standardContract, type TreeOperation } from '@souk/extension-sdk/protocol'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { standardRegistry } from '../components'
import { createRegistry } from '../registry/create-registry'
import { element, insert } from '../testing/fake-extension'
import { RootView } from './root-view'
import { createTreeStore } from './tree-store'

const names = Object.keys(standardContract.components)

// jsdom does not lay anything out, so it has none.
const scrolled = vi.fn()
beforeEach(() => {
  scrolled.mockReset()
  Element.prototype.scrollIntoView = function () {
    scrolled(this)
  }
})

const mount = (registry = standardRegistry, ...operations: readonly TreeOperation[]) => {
  const store = createTreeStore({
    rootId: 'r1',
    registry,
    limits: DEFAULT_LIMITS,
    sendEvent: async () => null,
    report: () => {},
  })
  act(() => store.apply({ rootId: 'r1', commit: 1, operations }))
  const view = render(
    <StrictMode>
      <RootView store={store} registry={registry} appTitle="Orders" />
      <input aria-label="the product's own" />
    </StrictMode>,
  )
  const call = (id: number, method: string) => {
    let result = Promise.resolve()
    // React 18 draws when act ends, so it must not wait for the result.
    act(() => {
      result = store.callMethod(id, method)
    })
    return result
  }
  let commit = 1
  const apply = (...later: readonly TreeOperation[]) =>
    act(() => store.apply({ rootId: 'r1', commit: ++commit, operations: later }))
  return { store, call, apply, ...view }
}

const input = (id: number, label: string) => insert(element(id, 'Input', [], { label }))
const button = insert(element(9, 'Button', [], { label: 'Go' }))
const userPresses = () => fireEvent.click(screen.getByRole('button', { name: 'Go' }))

describe('the standard components offer what their contract declares', () => {
  const hasMethods = (name: string) => (standardRegistry.find(name)?.contract.methods ?? []).length > 0
  // What stands nowhere by itself has nowhere to scroll to. test/bridge has an ArrayItem in its list.
  const isPart = (name: string) => ['TableHead', 'TableBody', 'ArrayItem'].includes(name)
  test.each(names.filter((name) => !isPart(name) && hasMethods(name)))('%s', async (name) => {
    const props = {
      label: 'L',
      options: [{ value: 'a', label: 'A' }],
      items: [],
      alt: 'x',
      name: 'n',
      title: 't',
      value: '',
    }
    const known = Object.entries(props).filter(([prop]) =>
      Object.hasOwn(standardRegistry.find(name)?.contract.props ?? {}, prop),
    )
    const given = Object.fromEntries(name === 'Progress' ? [['label', 'L']] : known)
    const { call } = mount(standardRegistry, insert(element(1, name, [], given)), button)
    for (const method of standardRegistry.find(name)?.contract.methods ?? []) {
      userPresses()
      await expect(call(1, method)).resolves.toBeUndefined()
    }
    // The segments of a date scroll into view by themselves when they get the focus.
    if (name === 'DateInput' || name === 'TimeInput') expect(scrolled).toHaveBeenCalled()
    else expect(scrolled).toHaveBeenCalledOnce()
  })
})

test.each([
  ['Input', { label: 'F' }, () => screen.getByLabelText('F')],
  ['Textarea', { label: 'F' }, () => screen.getByLabelText('F')],
  ['Checkbox', { label: 'F' }, () => screen.getByRole('checkbox')],
  ['Switch', { label: 'F' }, () => screen.getByRole('switch')],
  ['Button', { label: 'F' }, () => screen.getByRole('button', { name: 'F' })],
  ['Select', { label: 'F', options: [{ value: 'a', label: 'A' }] }, () => screen.getByRole('button', { name: /F/ })],
  [
    'RadioGroup',
    {
      label: 'F',
      value: 'b',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    () => screen.getByRole('radio', { name: 'B' }),
  ],
])('focus reaches the control of %s', async (name, props, find) => {
  const { call } = mount(standardRegistry, insert(element(1, name, [], props)), button)
  userPresses()
  await call(1, 'focus')
  expect(document.activeElement).toBe(find())
})

test('select marks the text of a field', async () => {
  const { call } = mount(standardRegistry, insert(element(1, 'Input', [], { label: 'F', value: 'hello' })), button)
  userPresses()
  await call(1, 'select')
  const field = screen.getByLabelText<HTMLInputElement>('F')
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5])
})

test('a form that is reset forgets what the user typed', async () => {
  const field = element(2, 'Input', [], { label: 'F' })
  const { call } = mount(standardRegistry, insert(element(1, 'Form', [field])))
  fireEvent.change(screen.getByLabelText('F'), { target: { value: 'typed' } })
  await call(1, 'reset')
  expect(screen.getByLabelText<HTMLInputElement>('F').value).toBe('')
})

describe('an extension takes no focus', () => {
  test.each(['focus', 'select', 'scrollIntoView'])('%s is refused while the user is elsewhere', async (method) => {
    const { call } = mount(standardRegistry, input(1, 'F'))
    const own = screen.getByLabelText("the product's own")
    own.focus()
    await expect(call(1, method)).rejects.toMatchObject({ code: 'FOCUS_REFUSED' })
    expect(document.activeElement).toBe(own)
    expect(scrolled).not.toHaveBeenCalled()
  })

  test('the focus may move inside a root that has it', async () => {
    const { call } = mount(standardRegistry, input(1, 'F'), input(2, 'G'))
    screen.getByLabelText('F').focus()
    await call(2, 'focus')
    expect(document.activeElement).toBe(screen.getByLabelText('G'))
  })

  test('what the user did counts for a second', async () => {
    const { call } = mount(standardRegistry, input(1, 'F'), button)
    const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000)
    userPresses()
    clock.mockReturnValue(11_001)
    await expect(call(1, 'focus')).rejects.toMatchObject({ code: 'FOCUS_REFUSED' })
    clock.mockReturnValue(10_999)
    await call(1, 'focus')
    expect(document.activeElement).toBe(screen.getByLabelText('F'))
    clock.mockRestore()
  })
})

describe('a call is refused', () => {
  test.each([
    ['of a node that was never there', 77, 'focus', 'UNKNOWN_NODE'],
    ['of the root', 0, 'focus', 'UNKNOWN_NODE'],
    ['of a text', 3, 'focus', 'UNKNOWN_NODE'],
    ['of a method the contract does not have', 2, 'remove', 'METHOD_NOT_FOUND'],
    ['of what any element has', 2, 'click', 'METHOD_NOT_FOUND'],
    ['of a prototype key', 2, 'constructor', 'METHOD_NOT_FOUND'],
  ])('%s', async (_what, id, method, code) => {
    const { call } = mount(standardRegistry, insert(element(2, 'Text', [{ id: 3, text: 'a' }])))
    await expect(call(id, method)).rejects.toMatchObject({ code })
  })

  test('of a node that was removed', async () => {
    const { call, apply } = mount(standardRegistry, input(1, 'F'), button)
    apply({ op: 'remove', ids: [1] })
    userPresses()
    await expect(call(1, 'focus')).rejects.toMatchObject({ code: 'UNKNOWN_NODE' })
  })

  test('when the component of the product does not offer the method', async () => {
    const registry = createRegistry({
      ...standardRegistry,
      components: { ...standardRegistry.components, Badge: () => <b>badge</b> },
    })
    const { store } = mount(registry, insert(element(1, 'Badge')), button)
    userPresses()
    vi.useFakeTimers()
    const refused = expect(store.callMethod(1, 'scrollIntoView')).rejects.toMatchObject({ code: 'METHOD_NOT_FOUND' })
    await vi.advanceTimersByTimeAsync(1_000)
    await refused
    vi.useRealTimers()
  })

  test('when the root ends before the component has offered anything', async () => {
    const registry = createRegistry({
      ...standardRegistry,
      components: { ...standardRegistry.components, Badge: () => <b>badge</b> },
    })
    const { store } = mount(registry, insert(element(1, 'Badge')), button)
    userPresses()
    const refused = expect(store.callMethod(1, 'scrollIntoView')).rejects.toMatchObject({ code: 'UNKNOWN_NODE' })
    act(() => store.dispose())
    await refused
  })
})

test('a component of the product offers an imperative handle, and no prop of the tree can stand for it', async () => {
  const focus = vi.fn()
  const refs: unknown[] = []
  const registry = createRegistry({
    ...standardRegistry,
    components: {
      ...standardRegistry.components,
      Input: ({ methodsRef }) => {
        refs.push(methodsRef)
        methodsRef?.({ focus, select: () => {}, scrollIntoView: () => {} })
        return null
      },
    },
  })
  const { call } = mount(registry, insert(element(1, 'Input', [], { label: 'F', methodsRef: 'evil' })), button)
  expect(new Set(refs)).toEqual(new Set([undefined]))
  userPresses()
  await call(1, 'focus')
  expect(focus).toHaveBeenCalledOnce()
})

test('of a component that a product draws in two places, the one that stays answers', async () => {
  let drawOnce = () => {}
  const registry = createRegistry({
    ...standardRegistry,
    components: {
      ...standardRegistry.components,
      Box: ({ children }) => {
        const [isTwice, setTwice] = useState(true)
        drawOnce = () => setTwice(false)
        return (
          <>
            <section>{children}</section>
            {isTwice ? <aside>{children}</aside> : null}
          </>
        )
      },
    },
  })
  const { call } = mount(registry, insert(element(1, 'Box', [element(2, 'Input', [], { label: 'F' })])), button)
  userPresses()
  await call(2, 'focus')
  await act(async () => drawOnce())
  userPresses()
  await call(2, 'focus')
  expect(document.activeElement).toBe(screen.getByLabelText('F'))
})
