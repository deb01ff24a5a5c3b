// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the components it is about, and registers them once.
import { DEFAULT_LIMITS, type PlainValue, type TreeNode, type TreeOperation } from '@souk/extension-sdk/protocol'
import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, StrictMode, Suspense, useState } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HostError } from '../host-error'
import { createRegistry, type Registry } from '../registry/create-registry'
import { testRegistry } from '../testing/test-registry'
import type { ExtensionEvent } from './extension-event'
import { RootView } from './root-view'
import { createTreeStore } from './tree-store'

const element = (
  id: number,
  component: string,
  children: readonly TreeNode[] = [],
  props: Readonly<Record<string, PlainValue>> = {},
  handlers: readonly string[] = [],
): TreeNode => ({ id, component, props, handlers, children })

const insert = (node: TreeNode, parent = 0, before = 0): TreeOperation => ({ op: 'insert', parent, before, node })

const mount = (
  sendEvent: (event: ExtensionEvent) => Promise<PlainValue> = async () => null,
  rootId = 'r1',
  registry: Pick<Registry, 'find' | 'chrome'> = testRegistry,
) => {
  const store = createTreeStore({
    rootId,
    registry,
    limits: DEFAULT_LIMITS,
    sendEvent,
    report: () => {},
  })
  let commit = 0
  const apply = (...operations: readonly TreeOperation[]) =>
    act(() => store.apply({ rootId, commit: ++commit, operations }))
  const onRetry = vi.fn()
  const ui = <RootView store={store} registry={registry} appTitle="Orders" onRetry={onRetry} />
  return { store, apply, onRetry, ui, ...render(<StrictMode>{ui}</StrictMode>) }
}

const field = (id: number, label: string) => element(id, 'Input', [], { label, value: '' }, ['onChange'])

test('a placeholder stands there until the first batch', () => {
  const { apply } = mount()
  expect(screen.getByRole('status')).toHaveTextContent('Orders')
  apply(insert(element(1, 'Text', [{ id: 2, text: 'Hello' }])))
  expect(screen.queryByRole('status')).toBeNull()
  expect(screen.getByText('Hello')).toBeVisible()
})

test('a keyed reorder moves the same DOM nodes, and the focused field keeps its focus and text', () => {
  const { apply, container } = mount()
  apply(insert(field(1, 'A')), insert(field(2, 'B')), insert(field(3, 'C')))
  const before = [...container.querySelectorAll('label')]
  const middle = screen.getByLabelText<HTMLInputElement>('B')
  fireEvent.change(middle, { target: { value: 'typed' } })
  middle.focus()
  apply({ op: 'move', id: 3, parent: 0, before: 1 })
  expect([...container.querySelectorAll('label')].map((label) => label.textContent)).toEqual(['C', 'A', 'B'])
  expect([...container.querySelectorAll('label')]).toEqual([before[2], before[0], before[1]])
  expect(document.activeElement).toBe(middle)
  expect(middle.value).toBe('typed')
})

test('a change of one node draws that node alone', () => {
  const { apply } = mount()
  apply(
    insert(
      element(1, 'Stack', [element(2, 'Text', [{ id: 3, text: 'a' }]), element(4, 'Text', [{ id: 5, text: 'b' }])]),
    ),
  )
  const other = screen.getByText('b')
  apply({ op: 'text', id: 3, text: 'c' })
  expect(screen.getByText('c')).toBeVisible()
  expect(screen.getByText('b')).toBe(other)
})

test('a change is drawn in its own row, and a batch that is wrong is drawn nowhere', () => {
  const drawn: string[] = []
  const drawBadge: typeof testRegistry.components.Badge = ({ children }: { readonly children?: ReactNode }) => {
    drawn.push(String(children))
    return <b>{children}</b>
  }
  const components = { ...testRegistry.components, Badge: drawBadge }
  const { apply } = mount(undefined, 'r1', createRegistry({ ...testRegistry, components }))
  const row = (id: number) => element(id, 'TableRow', [element(id + 1, 'Badge', [{ id: id + 2, text: `row ${id}` }])])
  apply(
    insert(
      element(
        1,
        'Table',
        Array.from({ length: 20 }, (_, index) => row(10 * (index + 1))),
      ),
    ),
  )
  expect(new Set(drawn).size).toBe(20)
  const drawnFor = (...operations: readonly TreeOperation[]) => {
    drawn.length = 0
    apply(...operations)
    return [...new Set(drawn)]
  }
  expect(drawnFor({ op: 'text', id: 52, text: 'changed' })).toEqual(['changed'])
  expect(drawnFor({ op: 'move', id: 200, parent: 1, before: 10 })).toEqual([])
  expect(drawnFor(insert(row(500), 1))).toEqual(['row 500'])
  expect(drawnFor({ op: 'hide', id: 60, hidden: true })).toEqual([])
  expect(drawnFor({ op: 'hide', id: 60, hidden: false })).toEqual([])
  expect(drawnFor({ op: 'text', id: 52, text: 'half' }, { op: 'remove', ids: [7777] })).toEqual([])
  expect(screen.getByText(/not in the tree/)).toBeVisible()
})

const FreeField = () => (
  <>
    <input aria-label="free" defaultValue="" />
    <b style={{ display: 'inline-block' }}>beside</b>
  </>
)

describe('a node that suspends', () => {
  const uncontrolled = createRegistry({
    ...testRegistry,
    // Its state is in the DOM alone, and it has two elements side by side.
    components: { ...testRegistry.components, Badge: FreeField },
  })

  test('is out of sight with the state of its elements, and comes back with it, though its siblings moved', () => {
    const { apply, container } = mount(undefined, 'r1', uncontrolled)
    apply(
      insert(
        element(1, 'Stack', [element(2, 'Text', [{ id: 3, text: 'a' }]), element(4, 'Badge'), { id: 5, text: 'text' }]),
      ),
    )
    const field = screen.getByLabelText<HTMLInputElement>('free')
    const before = container.innerHTML
    field.value = 'typed'
    apply({ op: 'hide', id: 4, hidden: true }, { op: 'hide', id: 5, hidden: true })
    expect(screen.getByLabelText('free')).toBe(field)
    expect(field).not.toBeVisible()
    expect(screen.getByText('beside')).not.toBeVisible()
    expect(screen.getByText('a')).toBeVisible()
    expect(container).not.toHaveTextContent('text')
    apply({ op: 'move', id: 2, parent: 1, before: 0 })
    expect(field).not.toBeVisible()
    expect(screen.getByText('a')).toBeVisible()
    apply({ op: 'move', id: 2, parent: 1, before: 4 })
    apply({ op: 'hide', id: 4, hidden: false }, { op: 'hide', id: 5, hidden: false })
    expect(screen.getByLabelText('free')).toBe(field)
    expect(field.value).toBe('typed')
    expect(field).toBeVisible()
    expect(container.innerHTML.replaceAll(' style=""', '')).toBe(before)
  })

  test('is hidden from its first drawing on, also in a table', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { apply } = mount()
    const row = element(3, 'TableRow', [element(4, 'TableCell', [{ id: 5, text: 'cell' }])])
    apply(insert(element(1, 'Table', [element(2, 'TableBody', [row])], { label: 'T' })), {
      op: 'hide',
      id: 3,
      hidden: true,
    })
    expect(screen.getByText('cell')).not.toBeVisible()
    apply({ op: 'hide', id: 3, hidden: false })
    expect(screen.getByText('cell')).toBeVisible()
    expect(error).not.toHaveBeenCalled()
    error.mockRestore()
  })

  test('that is removed while it is hidden leaves nothing', () => {
    const { apply, container } = mount()
    apply(insert(element(1, 'Text', [{ id: 2, text: 'a' }])), { op: 'hide', id: 1, hidden: true })
    apply({ op: 'remove', ids: [1] })
    expect(container.querySelector('template')).toBeNull()
    expect(container).not.toHaveTextContent('a')
  })
})

test('what a touched node stands in is drawn, however it got there', () => {
  const { apply, container } = mount()
  const slot = (id: number, name: string, children: readonly TreeNode[]) => element(id, '#slot', children, { name })
  apply(
    insert(
      element(1, 'Stack', [
        element(2, 'Card', [slot(3, 'actions', [element(4, 'Text', [{ id: 5, text: 'a' }])])], { title: 'Card' }),
        element(6, 'Stack'),
      ]),
    ),
  )
  apply({ op: 'text', id: 5, text: 'b' })
  expect(container.querySelector('header')).toHaveTextContent('b')
  apply({ op: 'hide', id: 4, hidden: true }, { op: 'text', id: 5, text: 'c' })
  expect(screen.getByText('c')).not.toBeVisible()
  apply({ op: 'text', id: 5, text: 'd' })
  apply({ op: 'hide', id: 4, hidden: false })
  expect(container.querySelector('header')).toHaveTextContent('d')
  apply({ op: 'move', id: 4, parent: 6, before: 0 }, { op: 'text', id: 5, text: 'e' })
  expect(container.querySelector('header')).toHaveTextContent('')
  expect(screen.getByText('e')).toBeVisible()
  apply({ op: 'hide', id: 6, hidden: true }, { op: 'move', id: 4, parent: 3, before: 0 })
  expect(container.querySelector('header')).toHaveTextContent('e')
})

describe('typing while the extension is slow', () => {
  /** Answers each edit only when told to, as an extension that is busy would. */
  const slowExtension = (transform: (text: string) => string) => {
    const waiting: { version: number; value: string }[] = []
    const mounted = mount(async (event) => {
      waiting.push({ version: event.eventVersion ?? 0, value: String(event.args[0]) })
      return null
    })
    mounted.apply(insert(field(1, 'Name')))
    const answerNext = () => {
      const edit = waiting.shift()
      if (!edit) throw new Error('There is no edit to answer.')
      mounted.apply(
        { op: 'set', id: 1, props: { value: transform(edit.value) }, unset: [] },
        { op: 'ack', id: 1, eventVersion: edit.version },
      )
    }
    return { ...mounted, waiting, answerNext, input: screen.getByLabelText<HTMLInputElement>('Name') }
  }

  test('every character shows as it is typed, and late answers eat none', async () => {
    const user = userEvent.setup()
    const { input, answerNext } = slowExtension((text) => text)
    await user.type(input, 'hel')
    expect(input.value).toBe('hel')
    answerNext()
    expect(input.value).toBe('hel')
    await user.type(input, 'lo')
    answerNext()
    answerNext()
    expect(input.value).toBe('hello')
    answerNext()
    answerNext()
    expect(input.value).toBe('hello')
  })

  test('a handler that changes the text has its way once it has caught up', async () => {
    const user = userEvent.setup()
    const { input, answerNext, waiting } = slowExtension((text) => text.toUpperCase())
    await user.type(input, 'abc')
    while (waiting.length > 0) answerNext()
    expect(input.value).toBe('ABC')
    await user.type(input, 'd')
    expect(input.value).toBe('ABCd')
    answerNext()
    expect(input.value).toBe('ABCD')
  })

  test('the caret in the middle stays where the user is', async () => {
    const user = userEvent.setup()
    const { input, answerNext, waiting } = slowExtension((text) => text)
    await user.type(input, 'ac')
    await user.type(input, 'b', { initialSelectionStart: 1, initialSelectionEnd: 1 })
    while (waiting.length > 0) answerNext()
    expect(input.value).toBe('abc')
    expect(input.selectionStart).toBe(2)
  })
})

describe('what goes wrong stays in its root', () => {
  const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => {})

  test('a component the product does not offer becomes a notice with a retry, and its neighbour goes on', async () => {
    const one = mount()
    const two = mount(undefined, 'r2')
    two.apply(insert(element(1, 'Text', [{ id: 2, text: 'neighbour' }])))
    one.apply(insert(element(1, 'Iframe')))
    expect(screen.getByRole('alert')).toHaveAttribute('data-code', 'UNAUTHORIZED_COMPONENT')
    fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
    expect(one.onRetry).toHaveBeenCalledOnce()
    two.apply({ op: 'text', id: 2, text: 'still here' })
    expect(screen.getByText('still here')).toBeVisible()
  })

  test('a component of the product that throws becomes a notice', () => {
    const error = quiet()
    const { apply } = mount()
    apply(insert(element(1, 'Code')))
    expect(screen.getByRole('alert')).toHaveAttribute('data-code', 'COMPONENT_FAILED')
    error.mockRestore()
  })

  test('required props that are missing get an empty value, so that no component breaks', () => {
    const { apply } = mount()
    apply(insert(element(1, 'Select', [], { options: 'evil' })))
    expect(screen.getByRole('combobox')).toBeInTheDocument()
  })

  test('no prop of React or the DOM passes, and no string becomes a handler', () => {
    const { apply, container } = mount()
    const hostile = {
      dangerouslySetInnerHTML: { __html: '<img src=x onerror=alert(1)>' },
      className: 'x',
      style: { position: 'fixed' },
      key: 'k',
      ref: 'r',
      children: 'x',
      onPress: 'alert(1)',
      onclick: 'alert(1)',
      label: 'fine',
    }
    apply(insert(element(1, 'ButtonGroup', [], hostile)))
    expect(container.querySelector('[data-component=ButtonGroup]')).toHaveAttribute('data-props', 'label')
    expect(container.innerHTML).not.toContain('alert')
  })

  test('a link with a script in it has no address', () => {
    const { apply, container } = mount()
    // Two ways to say javascript:, the second with a tab that browsers remove.
    apply(
      insert(element(1, 'Link', [], { href: 'javascript:alert(1)' })),
      insert(element(2, 'Link', [], { href: 'java\tscript:alert(1)' })),
    )
    expect(container.innerHTML).not.toContain('script:')
  })
})

test('it renders on the server, where nothing has been drawn yet', () => {
  const { ui } = mount()
  expect(renderToString(ui)).toContain('Orders')
})

const withComponents = (components: object) =>
  createRegistry({
    contract: testRegistry.contract,
    // The replaced components take what those of the test registry take.
    components: { ...testRegistry.components, ...components } as typeof testRegistry.components,
    chrome: testRegistry.chrome,
  })

test('a component of the product that suspends is drawn again when the extension changes what it suspends on', () => {
  const never = new Promise(() => {})
  const Badge = ({ tone, children }: { readonly tone?: string; readonly children?: ReactNode }) => {
    // As React's own libraries did before there was `use`.
    if (tone === 'danger') throw never
    return <b>{children}</b>
  }
  const registry = withComponents({ Badge })
  const store = createTreeStore({
    rootId: 'r1',
    registry,
    limits: DEFAULT_LIMITS,
    sendEvent: async () => null,
    report: () => {},
  })
  render(
    <Suspense fallback={<i>loading</i>}>
      <RootView store={store} registry={registry} appTitle="Orders" />
    </Suspense>,
  )
  const apply = (commit: number, ...operations: readonly TreeOperation[]) =>
    act(() => store.apply({ rootId: 'r1', commit, operations }))
  apply(
    1,
    ...Array.from({ length: 12 }, (_, index) =>
      insert(element(index + 1, 'Badge', [{ id: index + 20, text: `n${index}` }])),
    ),
  )
  apply(2, { op: 'set', id: 1, props: { tone: 'danger' }, unset: [] })
  expect(screen.getByText('loading')).toBeVisible()
  apply(3, { op: 'set', id: 1, props: { tone: 'info' }, unset: [] })
  expect(screen.queryByText('loading')).toBeNull()
  expect(screen.getByText('n0')).toBeVisible()
})

test('an edit that could not be sent does not hide what the extension says of the field later', async () => {
  const { apply } = mount(async () => {
    throw new HostError('HANDLER_NOT_FOUND', 'gone')
  })
  apply(insert(element(1, 'Input', [], { label: 'Name', value: 'start' }, ['onChange'])))
  const input = screen.getByLabelText<HTMLInputElement>('Name')
  fireEvent.change(input, { target: { value: 'starta' } })
  await act(async () => {})
  expect(input.value).toBe('start')
  apply({ op: 'set', id: 1, props: { value: 'locked' }, unset: [] }, { op: 'handlers', id: 1, handlers: [] })
  expect(input.value).toBe('locked')
})

test('a field that goes in the middle of a composition takes the composition with it', () => {
  const { apply } = mount()
  apply(insert(field(1, 'A')), insert(field(2, 'B')))
  fireEvent.compositionStart(screen.getByLabelText('A'))
  fireEvent.change(screen.getByLabelText('A'), { target: { value: 'x' } })
  apply({ op: 'remove', ids: [1] })
  const other = screen.getByLabelText<HTMLInputElement>('B')
  fireEvent.change(other, { target: { value: 'q' } })
  apply({ op: 'ack', id: 2, eventVersion: 1 }, { op: 'set', id: 2, props: { value: 'Q' }, unset: [] })
  expect(other.value).toBe('Q')
})

test('what is hidden stays hidden when it is drawn with another element, by the extension or by itself', async () => {
  let flip = () => {}
  const Badge = ({ tone, children }: { readonly tone?: string; readonly children?: ReactNode }) => {
    const [isFlipped, setFlipped] = useState(false)
    flip = () => setFlipped(true)
    const Element = tone === 'danger' ? 'u' : isFlipped ? 'i' : 'b'
    return <Element>{children}</Element>
  }
  const { apply } = mount(undefined, 'r1', withComponents({ Badge }))
  apply(insert(element(1, 'Badge', [{ id: 2, text: 'n' }])))
  apply({ op: 'hide', id: 1, hidden: true })
  await act(async () => flip())
  expect(screen.getByText('n').tagName).toBe('I')
  expect(screen.getByText('n')).not.toBeVisible()
  apply({ op: 'set', id: 1, props: { tone: 'danger' }, unset: [] })
  await act(async () => {})
  expect(screen.getByText('n').tagName).toBe('U')
  expect(screen.getByText('n')).not.toBeVisible()
  apply({ op: 'hide', id: 1, hidden: false })
  expect(screen.getByText('n')).toBeVisible()
})

describe('a batch of more than the page can draw at once', () => {
  /** A clock that only drawing moves: one component takes a millisecond. */
  const withSlowBadges = () => {
    let clock = 0
    vi.spyOn(performance, 'now').mockImplementation(() => clock)
    const Badge = ({ children }: { readonly children?: ReactNode }) => {
      clock++
      return <b>{children}</b>
    }
    return mount(undefined, 'r1', withComponents({ Badge }))
  }
  const badges = (count: number, from = 10): TreeNode[] =>
    Array.from({ length: count }, (_, index) =>
      element(from + 2 * index, 'Badge', [{ id: from + 2 * index + 1, text: `${from + 2 * index}` }]),
    )
  const shown = (container: HTMLElement) => [...container.querySelectorAll('b')].map(({ textContent }) => textContent)
  const texts = (count: number, from = 10) => Array.from({ length: count }, (_, index) => `${from + 2 * index}`)

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.restoreAllMocks()
  })
  const rest = () => act(() => void vi.runAllTimers())

  test('is drawn bit by bit, in its order, to its end', () => {
    const { apply, container } = withSlowBadges()
    apply(insert(element(1, 'Stack', badges(1_000))))
    const first = shown(container).length
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(600)
    expect(shown(container)).toEqual(texts(first))
    rest()
    expect(shown(container)).toEqual(texts(1_000))
  })

  test('leaves what was there before as it was, in the place where it belongs', () => {
    const { apply, container } = withSlowBadges()
    apply(insert(element(1, 'Stack', badges(20, 10_000))))
    const before = [...container.querySelectorAll('b')]
    apply(...badges(1_000).map((node) => insert(node, 1, 10_000)))
    expect(before.every((badge) => container.contains(badge))).toBe(true)
    expect(shown(container).length).toBeLessThan(1_020)
    rest()
    expect(shown(container)).toEqual([...texts(1_000), ...texts(20, 10_000)])
    expect([...container.querySelectorAll('b')].slice(1_000)).toEqual(before)
  })

  test('may be changed, and removed in part, before it is drawn', () => {
    const { apply, container } = withSlowBadges()
    apply(insert(element(1, 'Stack', badges(1_000))))
    apply({ op: 'text', id: 2_009, text: 'last' }, { op: 'remove', ids: [1_990, 12] })
    rest()
    const expected = texts(1_000).filter((text) => text !== '1990' && text !== '12')
    expect(shown(container)).toEqual([...expected.slice(0, -1), 'last'])
  })

  test('of changes alone is drawn bit by bit as well', () => {
    const { apply, container } = withSlowBadges()
    apply(insert(element(1, 'Stack', badges(1_000))))
    rest()
    apply(...texts(1_000, 11).map((id): TreeOperation => ({ op: 'text', id: Number(id), text: 'new' })))
    const done = () => shown(container).filter((text) => text === 'new').length
    expect(done()).toBeGreaterThan(0)
    expect(done()).toBeLessThan(1_000)
    rest()
    expect(done()).toBe(1_000)
  })

  test('is forgotten with its root', () => {
    const { apply, store } = withSlowBadges()
    apply(insert(element(1, 'Stack', badges(1_000))))
    act(() => store.dispose())
    expect(vi.getTimerCount()).toBe(0)
  })
})
