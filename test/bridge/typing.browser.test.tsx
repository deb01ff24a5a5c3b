// biome-ignore-all lint/correctness/noComponentHookFactories: each test shows the component it is about, and renders it once.
import type { PortLike } from '@souk/extension-sdk/protocol'
import type { ConnectExtension } from '@souk/host'
import { standardRegistry } from '@souk/host/components'
import { useState } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { cdp, userEvent } from 'vitest/browser'
import { Checkbox, Input, RadioGroup, Select, Switch, Textarea } from '../../packages/extension-sdk/src/client'
import { startExtension } from '../../packages/extension-sdk/src/runtime/start-extension'
import { installed, mountPage, widgetApp } from './support/page'

/** What is waited for may be slow on a busy machine. */
const eventually = <T,>(check: () => T | Promise<T>) => vi.waitFor(check, { timeout: 10_000 })

/** Typing as a browser does it, into the real components, with the real runtime of an extension at the other end of a real port. */

/** Hands every message on late, as an extension does that is busy. */
const slowPort = (port: MessagePort, delayMs: number): PortLike => {
  const relays = new Map<(event: MessageEvent) => void, (event: MessageEvent) => void>()
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener(type, listener) {
      const relay = (event: MessageEvent) => void setTimeout(() => listener(event), delayMs)
      relays.set(listener, relay)
      port.addEventListener(type, relay)
    },
    removeEventListener: (type, listener) => port.removeEventListener(type, relays.get(listener) ?? listener),
    start: () => port.start(),
    close: () => port.close(),
  }
}

const pages: { unmount(): void }[] = []
afterEach(() => {
  for (const page of pages.splice(0)) page.unmount()
})

type Change = (text: string) => string
const keep: Change = (text) => text
const upper: Change = (text) => text.toUpperCase()
const digits: Change = (text) => text.replace(/\D/g, '')

/** A page with one field, whose handler makes something of each text. */
const mount = async (Field: typeof Input | typeof Textarea, change: Change = keep, delayMs = 0, first = '') => {
  const received: string[] = []
  const Widget = () => {
    const [value, setValue] = useState(first)
    return (
      <Field
        label="Name"
        value={value}
        onChange={(text) => {
          received.push(text)
          setValue(change(text))
        }}
      />
    )
  }
  const field = await show<HTMLInputElement | HTMLTextAreaElement>(Widget, 'input, textarea', delayMs)
  await userEvent.click(field)
  return { field, received }
}

const show = async <E extends Element>(Widget: () => unknown, selector: string, delayMs = 0): Promise<E> => {
  const connect: ConnectExtension = ({ extension, onConnect }) => {
    const { port1, port2 } = new MessageChannel()
    const running = startExtension({ app: widgetApp(Widget), port: slowPort(port2, delayMs), identity: extension })
    queueMicrotask(() => onConnect(port1, 1))
    return { dispose: () => running.dispose() }
  }
  const page = mountPage({ connect, registry: standardRegistry, extensions: [installed('one')] })
  pages.push(page)
  return await eventually(() => {
    const found = document.querySelector<E>(`article ${selector}, section ${selector}, ${selector}`)
    if (!found) throw new Error('The field has not been drawn yet.')
    return found
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The extension has had its say about everything. */
const settled = (field: { value: string }, text: string) =>
  eventually(async () => {
    expect(field.value).toBe(text)
    await pause(250)
    expect(field.value).toBe(text)
  })

describe.each([
  ['Input', Input],
  ['Textarea', Textarea],
] as const)('%s', (_name, Field) => {
  describe.each([
    ['an extension that answers at once', 0],
    ['an extension that is busy for 120 ms before it looks at anything', 120],
  ])('with %s', (_what, delayMs) => {
    test('a burst arrives whole', async () => {
      const { field, received } = await mount(Field, keep, delayMs)
      await userEvent.keyboard('The quick brown fox 12345')
      expect(field.value).toBe('The quick brown fox 12345')
      await settled(field, 'The quick brown fox 12345')
      expect(received.at(-1)).toBe('The quick brown fox 12345')
      // Who types faster than the extension answers sends no edit that the next one has overtaken; sixteen are always under way.
      expect(received.length).toBeGreaterThanOrEqual(16)
      expect(received.every((text) => 'The quick brown fox 12345'.startsWith(text))).toBe(true)
    })

    test('so does what is typed at human speed', async () => {
      const { field } = await mount(Field, keep, delayMs)
      for (const key of 'hello world') {
        await userEvent.keyboard(key)
        await pause(40)
      }
      await settled(field, 'hello world')
    })

    test('a handler that changes the case has its way, and loses no letter', async () => {
      const { field } = await mount(Field, upper, delayMs)
      await userEvent.keyboard('upper case')
      await settled(field, 'UPPER CASE')
    })

    test('a handler that lets digits through only leaves exactly those', async () => {
      const { field } = await mount(Field, digits, delayMs)
      await userEvent.keyboard('1a2b3c4d')
      await settled(field, '1234')
      await userEvent.keyboard('x')
      await settled(field, '1234')
    })

    test('in the middle of a text the caret stays where the user types', async () => {
      const { field } = await mount(Field, upper, delayMs, 'AD')
      field.setSelectionRange(1, 1)
      await userEvent.keyboard('b')
      await pause(delayMs + 60)
      await userEvent.keyboard('c')
      await settled(field, 'ABCD')
      expect([field.selectionStart, field.selectionEnd]).toEqual([3, 3])
    })

    test('a selection is kept when an answer arrives', async () => {
      const { field } = await mount(Field, upper, delayMs)
      await userEvent.keyboard('abcdef')
      field.setSelectionRange(1, 4)
      await settled(field, 'ABCDEF')
      expect([field.selectionStart, field.selectionEnd]).toEqual([1, 4])
    })

    test('a composition is never cut short', async () => {
      const { field } = await mount(Field, keep, delayMs)
      const ends: string[] = []
      field.addEventListener('compositionend', (event) => ends.push((event as CompositionEvent).data))
      for (const text of ['k', 'か', 'かn', 'かん', 'かんj', 'かんじ'])
        await cdp().send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      await pause(delayMs + 60)
      expect(ends).toEqual([])
      expect(field.value).toBe('かんじ')
      await cdp().send('Input.insertText', { text: '漢字' })
      await settled(field, '漢字')
      expect(ends).toEqual(['漢字'])
    })

    test('an extension that changes the text waits for the end of a composition', async () => {
      const { field } = await mount(Field, upper, delayMs, 'XY')
      field.setSelectionRange(1, 1)
      const texts: string[] = []
      field.addEventListener('compositionend', (event) => texts.push((event as CompositionEvent).data))
      for (const text of ['n', 'ni', 'nih', 'niha', 'nihao']) {
        await cdp().send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
        await pause(delayMs + 60)
        expect(field.value).toBe(`X${text}Y`)
      }
      expect(texts).toEqual([])
      await cdp().send('Input.insertText', { text: 'nihao' })
      await settled(field, 'XNIHAOY')
      expect(field.selectionStart).toBe(6)
    })

    test('what is pasted arrives whole, in the middle too', async () => {
      const { field } = await mount(Field, keep, delayMs, 'ad')
      field.setSelectionRange(1, 1)
      await cdp().send('Input.insertText', { text: 'pasted text' })
      await settled(field, 'apasted textd')
      expect(field.selectionStart).toBe(12)
    })

    test('undo takes back what was typed', async () => {
      const { field, received } = await mount(Field, keep, delayMs)
      await userEvent.keyboard('one')
      await settled(field, 'one')
      await userEvent.keyboard('{Control>}z{/Control}')
      await eventually(() => expect(field.value).not.toBe('one'))
      const undone = field.value
      await settled(field, undone)
      expect('one'.startsWith(undone)).toBe(true)
      expect(received.at(-1)).toBe(undone)
    })

    test('deleting is typing too', async () => {
      const { field } = await mount(Field, upper, delayMs, 'START')
      field.setSelectionRange(5, 5)
      await userEvent.keyboard('{Backspace}{Backspace}xy{ArrowLeft}{Delete}z')
      await settled(field, 'STAXZ')
    })

    test('digits only, in the middle of a number, leave the caret where it was', async () => {
      const { field } = await mount(Field, digits, delayMs, '12')
      field.setSelectionRange(1, 1)
      await userEvent.keyboard('x')
      await pause(delayMs + 60)
      await userEvent.keyboard('9')
      await settled(field, '192')
      expect(field.selectionStart).toBe(2)
    })

    test('what a program fills in is an edit', async () => {
      const { field, received } = await mount(Field, upper, delayMs)
      // As a password manager does: past React's own setter, then an event.
      const prototype = Object.getPrototypeOf(field) as object
      Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, 'filled in')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      await settled(field, 'FILLED IN')
      expect(received).toEqual(['filled in'])
    })
  })

  test('each letter shows in the frame it was typed in', async () => {
    const { field } = await mount(Field, keep, 300)
    const typed: string[] = []
    const shown: Promise<string>[] = []
    field.addEventListener(
      'input',
      () => {
        typed.push(field.value)
        shown.push(new Promise((resolve) => requestAnimationFrame(() => resolve(field.value))))
      },
      { capture: true },
    )
    for (const key of 'frame') {
      await userEvent.keyboard(key)
      await Promise.all(shown)
    }
    expect(typed).toEqual(['f', 'fr', 'fra', 'fram', 'frame'])
    expect(await Promise.all(shown)).toEqual(typed)
    await settled(field, 'frame')
  })
})

test('an input whose value the extension leaves to the field keeps what is typed', async () => {
  const received: string[] = []
  const field = await show<HTMLInputElement>(
    () => <Input label="Free" onChange={(text) => void received.push(text)} />,
    'input',
  )
  await userEvent.click(field)
  await userEvent.keyboard('free')
  await settled(field, 'free')
  expect(received.at(-1)).toBe('free')
})

const options = [
  { value: 'a', label: 'Apple' },
  { value: 'b', label: 'Pear' },
  { value: 'c', label: 'Plum' },
]

describe.each([0, 120])('choices, with answers after %i ms', (delayMs) => {
  test.each([
    ['Checkbox', Checkbox],
    ['Switch', Switch],
  ] as const)('%s follows each press, and an extension that refuses has its way', async (_name, Toggle) => {
    let accept = true
    const Widget = () => {
      const [on, setOn] = useState(false)
      return (
        <Toggle
          label="On"
          checked={on}
          onChange={(next) => {
            if (accept) setOn(next)
          }}
        />
      )
    }
    const box = await show<HTMLInputElement>(Widget, 'input[type=checkbox]', delayMs)
    box.focus()
    for (const on of [true, false, true]) {
      await userEvent.keyboard(' ')
      expect(box.checked).toBe(on)
    }
    await pause(delayMs * 2 + 100)
    expect(box.checked).toBe(true)
    accept = false
    await userEvent.keyboard(' ')
    await eventually(() => expect(box.checked).toBe(true))
  })

  test('RadioGroup follows the arrow keys', async () => {
    const Widget = () => {
      const [value, setValue] = useState('a')
      return <RadioGroup label="Fruit" value={value} options={options} onChange={setValue} />
    }
    const first = await show<HTMLInputElement>(Widget, 'input[type=radio]', delayMs)
    const chosen = () => document.querySelector<HTMLInputElement>('input[type=radio]:checked')?.value
    first.focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(chosen()).toBe('b')
    await userEvent.keyboard('{ArrowDown}')
    expect(chosen()).toBe('c')
    await pause(delayMs * 2 + 100)
    expect(chosen()).toBe('c')
  })

  test('Select shows what was chosen at once, and an extension that corrects it has its way', async () => {
    const Widget = () => {
      const [value, setValue] = useState('a')
      return (
        <Select
          label="Fruit"
          value={value}
          options={options}
          onChange={(next) => setValue(next === 'c' ? 'b' : next)}
        />
      )
    }
    const button = await show<HTMLButtonElement>(Widget, 'button[aria-haspopup=listbox]', delayMs)
    expect(button.textContent).toContain('Apple')
    await userEvent.click(button)
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await eventually(() => expect(button.textContent).toContain('Pear'))
    await userEvent.click(button)
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await pause(delayMs * 2 + 100)
    await eventually(() => expect(button.textContent).toContain('Pear'))
  })
})
