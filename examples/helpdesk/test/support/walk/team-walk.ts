import { expect } from 'vitest'
import type { Walker } from './walker'

/** An owner invites a colleague, who accepts; then the owner changes what the colleague may do, and removes them. */
export const walkTeam = async (walker: Walker): Promise<void> => {
  await openAccount(walker)
  const code = await invite(walker)
  await walker.continueAs('Nora Brandt', 'Max Oduya')
  await accept(walker, code)
  await walker.continueAs('Max Oduya', 'Nora Brandt')
  await openAccount(walker)
  await change(walker)
}

const openAccount = async ({ words, keyboard, button, section, arrive }: Walker): Promise<void> => {
  await keyboard.use(section('Developer'))
  await keyboard.use(button(words.accounts))
  await arrive(words.accountsTitle)
  await keyboard.use(button('Northwind'))
  await arrive('Northwind')
}

/** @returns The code to bring to the colleague, as the screen shows it. */
const invite = async ({ page, words, keyboard, shoot, button, dialog, arrowTo, escapeTo }: Walker): Promise<string> => {
  await shoot('developer-members')
  await keyboard.use(button(words.invite))
  await keyboard.type(dialog.getByLabel(words.email), 'max@acme-outdoor.example')
  await keyboard.reach(dialog.getByRole('radio', { name: words.member }))
  await arrowTo(dialog.getByRole('radio', { name: words.admin }))
  await shoot('developer-invite')
  await keyboard.use(button(words.invite, dialog))
  const code = (await dialog.locator('pre').textContent()) ?? ''
  await shoot('developer-invited')
  await escapeTo(dialog, button(words.invite))
  await page.getByText('max@acme-outdoor.example').waitFor()
  return code
}

const accept = async (walker: Walker, code: string): Promise<void> => {
  const { page, words, keyboard, shoot, button, heading, section, arrive } = walker
  await keyboard.use(section('Developer'))
  await keyboard.use(button(words.accounts))
  await arrive(words.accountsTitle)
  await keyboard.use(button(words.invitedYou))
  await arrive(words.invitation)
  await keyboard.type(page.getByLabel(words.code), code)
  await shoot('invitation-code')
  await keyboard.use(button(words.proceed))
  await expect.poll(() => keyboard.isFocused(heading(words.invitedTo))).toBe(true)
  await shoot('invitation')
  await keyboard.use(button(words.join))
  await arrive('Northwind')
  await page.getByText(/^max \(/).waitFor()
  await shoot('invitation-accepted')
}

const change = async (walker: Walker): Promise<void> => {
  const { page, words, keyboard, shoot, button, dialog, question, arrowTo } = walker
  await keyboard.use(button(words.change))
  await keyboard.reach(dialog.getByRole('radio', { name: words.admin }))
  await arrowTo(dialog.getByRole('radio', { name: words.member }))
  await shoot('developer-change-member')
  await keyboard.use(button(words.saveRole, dialog))
  await dialog.waitFor({ state: 'detached' })
  const max = page.getByRole('listitem').filter({ has: button(words.change) })
  await max.getByText(words.member, { exact: true }).waitFor()
  await keyboard.use(button(words.change))
  await keyboard.use(button(words.removeMember, dialog))
  await keyboard.expectTrapped(question)
  await shoot('developer-remove-member')
  await keyboard.use(button(words.remove, question))
  await button(words.change).waitFor({ state: 'detached' })
  await shoot('developer-member-removed')
}
