import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { createKeyboard } from '../keyboard'
import { createPictures, type Look } from './pictures'
import { WORDS } from './words'

export type Walker = ReturnType<typeof createWalker>

/** Someone at the page with a keyboard, and what they call the things in it. */
export const createWalker = (page: Page, url: string, look: Look) => {
  const keyboard = createKeyboard(page)
  const button = (name: string, within: Page | Locator = page) => within.getByRole('button', { name, exact: true })
  const heading = (name: string, within: Page | Locator = page) => within.getByRole('heading', { name, exact: true })
  return {
    page,
    /** Where the product runs. */
    url,
    look,
    keyboard,
    words: WORDS[look.language],
    shoot: createPictures(page, look),
    button,
    heading,
    section: (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }),
    dialog: page.getByRole('dialog'),
    question: page.getByRole('alertdialog'),
    /** Waits until another screen has come: its title has the focus, and is the title of the page. */
    arrive: async (title: string): Promise<void> => {
      const own = page.getByRole('heading', { name: title, exact: true, level: 1 })
      await own.waitFor()
      await expect.poll(() => keyboard.isFocused(own), { message: `the focus is at ${title}` }).toBe(true)
      await expect.poll(() => page.title()).toBe(`${title} · Fernhill Desk`)
    },
    /** Moves along a group of radios or a menu until it is on the one. */
    arrowTo: async (target: Locator): Promise<void> => {
      for (let steps = 0; !(await keyboard.isFocused(target)); steps += 1) {
        if (steps > 20) throw new Error(`${target} was not reached by the arrows.`)
        await keyboard.press('ArrowDown')
      }
    },
    /** Closes what stands over the page; the focus goes back to the button that opened it. */
    escapeTo: async (overlay: Locator, opener: Locator): Promise<void> => {
      await keyboard.press('Escape')
      await overlay.waitFor({ state: 'detached' })
      await expect.poll(() => keyboard.isFocused(opener)).toBe(true)
    },
    continueAs: async (from: string, to: string): Promise<void> => {
      await keyboard.use(button(`Signed in as ${from}`))
      const person = page.getByRole('menuitemradio', { name: to })
      while (!(await keyboard.isFocused(person))) await keyboard.press('ArrowDown')
      await keyboard.press('Enter')
      await button(`Signed in as ${to}`).waitFor()
    },
  }
}
