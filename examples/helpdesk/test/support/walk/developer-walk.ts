import { expect } from 'vitest'
import type { Walker } from './walker'

/** A developer sees apps, versions, the listing and calls, and makes a key. */
export const walkDeveloper = async (walker: Walker): Promise<void> => {
  await apps(walker)
  await keys(walker)
}

const apps = async (walker: Walker): Promise<void> => {
  const { page, words, keyboard, shoot, button, heading, section, dialog, arrive, escapeTo } = walker
  await keyboard.use(section('Developer'))
  await heading(words.yourApps).waitFor()
  await button('Order Lookup').waitFor()
  await shoot('developer-apps')
  await keyboard.use(button(words.newApp))
  await keyboard.expectTrapped(dialog)
  await shoot('developer-new-app')
  await escapeTo(dialog, button(words.newApp))
  await keyboard.use(button('Order Lookup'))
  await arrive('Order Lookup')
  await button('1.2.0').waitFor()
  await shoot('developer-versions')
  await keyboard.use(button('1.2.0'))
  await arrive('Order Lookup 1.2.0')
  await shoot('developer-version')
  await page.goBack()
  await arrive('Order Lookup')
  await keyboard.use(button(words.listing))
  await heading(words.checks).waitFor()
  await shoot('developer-listing')
  await keyboard.use(button(words.logs))
  await heading(words.calls).waitFor()
  await keyboard.use(page.getByRole('button', { name: /findOrders/ }).first())
  await page.getByText('INVALID_INPUT').first().waitFor()
  await shoot('developer-logs')
}

const keys = async (walker: Walker): Promise<void> => {
  const { words, keyboard, shoot, button, heading, dialog, question, arrive, escapeTo } = walker
  await keyboard.reach(button(words.accounts), 'Shift+Tab')
  await keyboard.press('Enter')
  await arrive(words.accountsTitle)
  await button('Northwind').waitFor()
  await shoot('developer-accounts')
  await keyboard.use(button(words.newAccount))
  await keyboard.expectTrapped(dialog)
  await shoot('developer-new-account')
  await escapeTo(dialog, button(words.newAccount))
  await keyboard.use(button('Northwind'))
  await arrive('Northwind')
  await keyboard.use(button(words.keys))
  await heading(words.keys).first().waitFor()
  await keyboard.use(button(words.newKey))
  await keyboard.type(dialog.getByRole('textbox', { name: words.name }), 'Nightly build')
  await shoot('developer-new-key')
  await keyboard.use(button(words.makeKey, dialog))
  await dialog.getByText(/^souk_/).waitFor()
  await shoot('developer-key-shown')
  await escapeTo(dialog, button(words.newKey))
  await keyboard.use(button(words.revoke))
  await keyboard.expectTrapped(question)
  await shoot('developer-revoke-key')
  await keyboard.use(button(words.revokeNow, question))
  await expect.poll(() => button(words.revoke).count()).toBe(0)
  await shoot('developer-keys')
}

/** What was approved is published step by step, and halted. */
export const walkRollout = async (walker: Walker): Promise<void> => {
  const { page, words, keyboard, shoot, button, heading, section, dialog, question, arrive, arrowTo, escapeTo } = walker
  await keyboard.use(section('Developer'))
  await keyboard.use(button('Order Lookup'))
  await arrive('Order Lookup')
  await keyboard.use(button('1.2.0'))
  await arrive('Order Lookup 1.2.0')
  await keyboard.use(button(words.publish))
  await keyboard.reach(dialog.getByRole('radio').first())
  await arrowTo(dialog.getByRole('radio', { name: words.half }))
  await shoot('developer-publish')
  await keyboard.use(button(words.publishNow, dialog))
  await heading(words.rollout).waitFor()
  await button(words.raise).waitFor()
  await shoot('developer-rollout')
  await keyboard.use(button(words.halt))
  await keyboard.expectTrapped(question)
  await shoot('developer-halt')
  await escapeTo(question, button(words.halt))
  await keyboard.press('Enter')
  await keyboard.use(button(words.halt, question))
  await page.getByText(words.halted).waitFor()
  await shoot('developer-halted')
}
