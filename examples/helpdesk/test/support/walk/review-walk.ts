import type { Walker } from './walker'

/** A reviewer looks at what was submitted, thinks of rejecting it, and approves it. */
export const walkReview = async (walker: Walker): Promise<void> => {
  const { words, keyboard, shoot, button, heading, section, dialog, arrive, escapeTo } = walker
  await keyboard.use(section('Reviews'))
  await heading(words.reviews).waitFor()
  await button('Order Lookup 1.2.0').waitFor()
  await shoot('review-queue')
  await keyboard.use(button('Order Lookup 1.2.0'))
  await arrive('Order Lookup 1.2.0')
  await heading(words.changes).waitFor()
  await shoot('review-changes')
  await keyboard.use(button(words.start))
  await keyboard.use(button(words.reject))
  await keyboard.expectTrapped(dialog)
  await keyboard.reach(dialog.getByLabel(words.reason))
  await shoot('review-reject')
  await escapeTo(dialog, button(words.reject))
  await keyboard.reach(button(words.approve), 'Shift+Tab')
  await keyboard.press('Enter')
  await button(words.approve).waitFor({ state: 'detached' })
  await shoot('review-approved')
}
