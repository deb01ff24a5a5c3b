import { expect } from 'vitest'
import type { Walker } from './walker'

/** Who one is, and how one likes to read. */
export const walkSignIn = async ({ page, look, keyboard, heading, section }: Walker): Promise<void> => {
  await keyboard.use(page.getByRole('button', { name: 'Ada Lindqvist' }))
  await heading('Inbox').waitFor()
  await keyboard.use(section('Settings'))
  if (look.theme === 'dark') {
    await keyboard.reach(page.getByRole('radio', { name: 'Light' }))
    await keyboard.press('ArrowRight')
  }
  if (look.language === 'de') {
    await keyboard.reach(page.getByRole('radio', { name: 'English' }))
    await keyboard.press('ArrowRight')
  }
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(look.theme)
}
