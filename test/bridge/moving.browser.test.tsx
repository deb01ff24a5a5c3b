// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import { type ConnectExtension, type SoukClient, SoukProvider, Surface } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { type ReactNode, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { Button, Input, Stack, Text } from '../../packages/extension-sdk/src/client'
import { startExtension } from '../../packages/extension-sdk/src/runtime/start-extension'
import { installed, record, widgetApp } from './support/page'

/** What is waited for may be slow on a busy machine. */
const eventually = <T,>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000 })

/** A product that moves a surface from a side panel to a full page, in a real browser, with the real runtime of an extension. */

const roots: Root[] = []
afterEach(() => {
  for (const root of roots.splice(0)) root.unmount()
  document.body.replaceChildren()
})

const LINES = Array.from({ length: 60 }, (_, index) => `Line ${index}`)

const Widget = () => {
  const [text, setText] = useState('')
  const [presses, setPresses] = useState(0)
  return (
    <Stack>
      <Input label="Name" value={text} onChange={(next) => setText(next.toUpperCase())} />
      <Button label={`Pressed ${presses}`} onPress={() => setPresses(presses + 1)} />
      {LINES.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
    </Stack>
  )
}

const scroller = { height: 200, overflow: 'auto' } as const

const mount = async () => {
  const connect: ConnectExtension = ({ extension, onConnect }) => {
    const { port1, port2 } = new MessageChannel()
    const running = startExtension({ app: widgetApp(Widget), port: port2, identity: extension })
    queueMicrotask(() => onConnect(port1, 1))
    return { dispose: () => running.dispose() }
  }
  // The product's own scroll box moves along, as a panel's body does when it is part of the widget's frame.
  const registry = {
    ...standardRegistry,
    chrome: {
      ...standardRegistry.chrome,
      WidgetFrame: ({ children }: { readonly children?: ReactNode }) => (
        <article style={scroller} data-testid="scroller">
          {children}
        </article>
      ),
    },
  }
  const client = { extensions: async () => extensions, subscribe: () => () => {} } as Partial<SoukClient> as SoukClient
  const context = {
    theme: 'light',
    locale: 'en-GB',
    timeZone: 'UTC',
    user: { id: 'u1' },
    organization: { id: 'o1' },
  } as const
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  roots.push(root)
  const draw = (place: 'panel' | 'page') => {
    const surface = <Surface name="record.widgets" context={record} />
    flushSync(() =>
      root.render(
        <SoukProvider client={client} registry={registry} context={context} connect={connect} onDiagnostic={() => {}}>
          {place === 'panel' ? <aside>{surface}</aside> : <main>{surface}</main>}
        </SoukProvider>,
      ),
    )
  }
  draw('panel')
  const field = await eventually(() => {
    const found = document.querySelector('input')
    if (!found) throw new Error('The widget has not been drawn yet.')
    return found
  })
  return { draw, field }
}

const extensions = [installed('one')]

const moveBefore = Object.getOwnPropertyDescriptor(Element.prototype, 'moveBefore')
afterEach(() => {
  if (moveBefore) Object.defineProperty(Element.prototype, 'moveBefore', moveBefore)
})

/** A browser without it takes the focus away, and the host gives it back. */
const withoutMove = () => Reflect.deleteProperty(Element.prototype, 'moveBefore')

test.each([
  ['that can move elements', true],
  ['that can only take them out and put them in', false],
])('in a browser %s, focus, caret, text and scroll position move along, and typing goes on', async (_what, hasMove) => {
  const { draw, field } = await mount()
  await userEvent.click(field)
  await userEvent.keyboard('abcd')
  await eventually(() => expect(field.value).toBe('ABCD'))
  field.setSelectionRange(2, 2)
  const box = document.querySelector<HTMLElement>('[data-testid=scroller]')
  if (!box) throw new Error('There is no box to scroll.')
  box.scrollTop = 37
  const blurs = vi.fn()
  field.addEventListener('blur', blurs)

  if (!hasMove) withoutMove()
  draw('page')
  expect(document.querySelector('main')?.contains(field)).toBe(true)
  expect(document.activeElement).toBe(field)
  expect([field.selectionStart, field.selectionEnd]).toEqual([2, 2])
  expect(box.scrollTop).toBe(37)
  expect(blurs).toHaveBeenCalledTimes(hasMove ? 0 : 1)
  // The browser has had its own say about what may have the focus.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  expect(document.activeElement).toBe(field)

  await userEvent.keyboard('x')
  await eventually(() => expect(field.value).toBe('ABXCD'))
  expect(document.querySelector('[data-souk-parking]')).toBeNull()
})

test('the extension keeps its state, and the focus of the product is left alone', async () => {
  const { draw } = await mount()
  const press = () => document.querySelector<HTMLButtonElement>('article button')
  await userEvent.click(press() as HTMLButtonElement)
  await eventually(() => expect(press()?.textContent).toBe('Pressed 1'))
  const own = document.body.appendChild(document.createElement('input'))
  own.focus()
  draw('page')
  draw('panel')
  draw('page')
  expect(document.activeElement).toBe(own)
  expect(press()?.textContent).toBe('Pressed 1')
  await userEvent.click(press() as HTMLButtonElement)
  await eventually(() => expect(press()?.textContent).toBe('Pressed 2'))
})
