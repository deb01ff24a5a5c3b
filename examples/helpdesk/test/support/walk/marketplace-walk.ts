import { expect } from 'vitest'
import type { Walker } from './walker'

/** An admin finds, installs, sets up, updates, connects and uninstalls apps. */
export const walkMarketplace = async (walker: Walker): Promise<void> => {
  await browse(walker)
  await install(walker)
  await update(walker)
  await connect(walker)
  await leave(walker)
}

const browse = async ({ page, words, keyboard, shoot, button, section, arrive, heading }: Walker): Promise<void> => {
  await keyboard.use(section('Apps'))
  await button('Payments').waitFor()
  await shoot('browse')
  await keyboard.type(page.getByRole('searchbox', { name: words.search }), 'refund')
  await button('Courier').waitFor({ state: 'detached' })
  await shoot('search')
  await keyboard.use(button('Payments'))
  await arrive('Payments')
  await heading(words.overview).waitFor()
  await shoot('detail')
}

/** What runs shows itself, then the settings are asked for, and what the server refuses stands at its field. */
const install = async ({ page, words, keyboard, shoot, button, dialog, arrive, escapeTo }: Walker): Promise<void> => {
  await keyboard.use(button(words.install))
  await dialog.getByText('api.tillbox.example').waitFor()
  await keyboard.expectTrapped(dialog)
  await shoot('consent')
  await escapeTo(dialog, button(words.install))
  await keyboard.press('Enter')
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/souk/installations', async (route) => {
    await held
    await route.continue()
  })
  await keyboard.use(button(words.install, dialog))
  await expect.poll(() => dialog.getByRole('button').last().textContent()).toContain(words.install)
  await shoot('installing')
  answer()
  await page.getByText(words.notSetUp).waitFor()
  await page.unroute('**/api/souk/installations')
  await arrive('Payments')
  await keyboard.use(button(words.save))
  await expect.poll(() => page.locator('[aria-invalid="true"]').count()).toBe(1)
  await shoot('settings-refused')
}

/** The installed apps, and the update of one with what it asks for. */
const update = async ({ page, words, keyboard, shoot, button, heading, dialog, arrive }: Walker): Promise<void> => {
  await keyboard.reach(button(words.installed), 'Shift+Tab')
  await keyboard.press('Enter')
  await arrive(words.installedApps)
  await button('Order Lookup').waitFor()
  await shoot('installed')
  await keyboard.use(button('Order Lookup'))
  await arrive('Order Lookup')
  await page.getByText(words.available).waitFor()
  await shoot('update')
  await keyboard.use(button(words.review))
  await heading(words.newHosts, dialog).waitFor()
  await dialog.getByText('tracking.northwind.example').first().waitFor()
  await shoot('update-consent')
  await keyboard.use(button(words.update, dialog))
  await dialog.waitFor({ state: 'detached' })
  await page.getByText(words.available).waitFor({ state: 'detached' })
  await shoot('updated')
}

const connect = async ({ page, words, keyboard, shoot, button, question, escapeTo }: Walker): Promise<void> => {
  await keyboard.reach(button(words.connections), 'Shift+Tab')
  await keyboard.press('Enter')
  await button(words.connect).waitFor()
  await shoot('connections')
  await keyboard.use(button(words.connect))
  await keyboard.type(page.getByLabel('Tracking key'), 'a-key-of-the-carrier')
  await keyboard.use(button(words.connectNow))
  await page.getByText(words.connected, { exact: true }).waitFor()
  await shoot('connected')
  await keyboard.use(button(words.reconnect))
  await keyboard.reach(page.getByLabel('Tracking key'))
  await shoot('reconnect')
  await keyboard.reach(button(words.disconnect), 'Shift+Tab')
  await keyboard.press('Enter')
  await keyboard.expectTrapped(question)
  await shoot('disconnect')
  await escapeTo(question, button(words.disconnect))
}

/** History, the way back to the version before, and the way out. */
const leave = async ({ page, words, keyboard, shoot, button, question, escapeTo }: Walker): Promise<void> => {
  await keyboard.reach(button(words.history), 'Shift+Tab')
  await keyboard.press('Enter')
  await page.getByText(words.upgraded).waitFor()
  await shoot('history')
  await keyboard.use(button(words.manage))
  await button(words.uninstall).waitFor()
  await shoot('manage')
  await keyboard.use(button(words.roll))
  await keyboard.expectTrapped(question)
  await shoot('roll-back')
  await escapeTo(question, button(words.roll))
  await keyboard.use(button(words.uninstall))
  await keyboard.expectTrapped(question)
  await shoot('uninstall')
  await escapeTo(question, button(words.uninstall))
  await keyboard.press('Enter')
  await keyboard.use(button(words.uninstall, question))
  await page.getByText(words.uninstalled).waitFor()
  await page.getByText(words.upgraded).waitFor()
  await shoot('uninstalled')
}
