import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any screen has. */
const MOST_STOPS = 90

/** A person at a page who has a keyboard and nothing else. */
export const createKeyboard = (page: Page) => {
  const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement)

  /** Tab, or Shift+Tab, until the focus is on the target, which then can be seen. */
  const reach = async (target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
    await target.waitFor()
    for (let stops = 0; !(await isFocused(target)); stops += 1) {
      if (stops > MOST_STOPS) throw new Error(`${target} was not reached by ${key}.`)
      await page.keyboard.press(key)
    }
    expect(await hasVisibleFocus(target), `the focus on ${target} can be seen`).toBe(true)
  }
  const press = async (key: string): Promise<void> => page.keyboard.press(key)
  return {
    reach,
    press,
    isFocused,
    /** Reaches a button or a link, and presses it. */
    use: async (target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
      await reach(target)
      await press(key)
    },
    type: async (target: Locator, text: string): Promise<void> => {
      await reach(target)
      await page.keyboard.type(text)
    },
    /** The focus goes around inside of the dialog, and never leaves it. */
    expectTrapped: async (dialog: Locator): Promise<void> => {
      const hasFocus = () => dialog.evaluate((element) => element.contains(document.activeElement))
      await expect.poll(hasFocus).toBe(true)
      for (let stops = 0; stops < 12; stops += 1) {
        await press(stops < 8 ? 'Tab' : 'Shift+Tab')
        expect(await hasFocus()).toBe(true)
      }
    },
  }
}

/** Whether something at the focused element is drawn for the focus: an outline, or the ring of a field. */
const hasVisibleFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const { top, bottom, width, height } = element.getBoundingClientRect()
    if (bottom < 0 || top > innerHeight || width === 0 || height === 0) return false
    const isRing = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration) =>
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || /0px 0px 0px [2-9]px/.test(boxShadow)
    const looks = [getComputedStyle(element), getComputedStyle(element, '::after')]
    // A radio or a switch draws itself beside its hidden input.
    const label = element.closest('label')
    for (const part of label ? [label, ...label.querySelectorAll('*')] : []) looks.push(getComputedStyle(part))
    const group = element.closest('[data-focus-within]')
    if (group) looks.push(getComputedStyle(group))
    return looks.some(isRing)
  })
