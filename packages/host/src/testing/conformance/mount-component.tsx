import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** What was drawn of a component. Overlays are drawn elsewhere in the page, so the page is looked at as a whole. */
export interface Mounted {
  /** Everything that came into the page. */
  readonly page: readonly Element[]
  find<E extends HTMLElement>(selector: string): E | undefined
  /** Whether a text can be read, or is read out. */
  says(text: string): boolean
  /** Waits until the effects of what was done have been drawn. */
  settle(): Promise<void>
  unmount(): Promise<void>
}

// Enough for effects that draw again, which in turn have effects.
const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
}

const SPOKEN = ['aria-label', 'alt', 'title', 'placeholder', 'value', 'aria-valuetext', 'aria-description'] as const

/** @throws whatever a component throws while it is drawn. */
export const mountComponent = async (element: ReactNode): Promise<Mounted> => {
  const before = new Set(document.body.children)
  const container = document.createElement('div')
  document.body.append(container)
  let thrown: { readonly error: unknown } | undefined
  const root = createRoot(container, {
    onUncaughtError: (error: unknown) => {
      thrown = { error }
    },
    onRecoverableError: () => {},
  })
  const clear = async () => {
    root.unmount()
    await settle()
    container.remove()
  }
  try {
    // React 18 throws here what React 19 hands to onUncaughtError.
    flushSync(() => root.render(element))
    await settle()
    if (thrown) throw thrown.error
  } catch (error) {
    await clear()
    throw error
  }
  const page = () => [...document.body.children].filter((child) => !before.has(child))
  const all = (selector: string) => page().flatMap((part) => [...part.querySelectorAll<HTMLElement>(selector)])
  return {
    get page() {
      return page()
    },
    // The selector says what it is.
    find: <E extends HTMLElement>(selector: string) => all(selector)[0] as E | undefined,
    says: (text) =>
      page().some((part) => part.textContent?.includes(text)) ||
      SPOKEN.some((name) => all(`[${name}]`).some((element) => element.getAttribute(name)?.includes(text))) ||
      all('input, textarea').some((field) => (field as HTMLInputElement).value.includes(text)),
    settle,
    unmount: clear,
  }
}

/** Types a whole text at once, the way a browser tells React of it. */
export const typeInto = (field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, text: string): void => {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set
  setter?.call(field, text)
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
}
