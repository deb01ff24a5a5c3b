import { expect } from 'vitest'
import { startLogin } from './start-login'
import type { Walker } from './walker'

/** `souk login` runs in a terminal, and its developer lets it in on the page it names. */
export const walkDeviceLogin = async ({
  page,
  url,
  words,
  keyboard,
  shoot,
  button,
  heading,
}: Walker): Promise<void> => {
  const login = await startLogin(url)
  try {
    await page.goto(login.link)
    await heading(words.device).waitFor()
    await keyboard.reach(page.getByRole('textbox'))
    await shoot('device-code')
    await keyboard.use(button(words.proceed))
    await expect.poll(() => keyboard.isFocused(heading(words.asks))).toBe(true)
    await button(words.letIn).waitFor()
    await shoot('device-asks')
    await keyboard.use(button(words.letIn))
    await page.getByText(words.loggedIn).waitFor()
    await shoot('device-approved')
    expect(await login.exitCode).toBe(0)
  } finally {
    await login.remove()
  }
}
