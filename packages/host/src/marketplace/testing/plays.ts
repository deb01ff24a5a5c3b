import type { StoryContext } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'

type Played = Pick<StoryContext, 'canvas'>

/** What every screen shows while it waits for the server. */
export const seesLoading = async ({ canvas }: Played) => {
  await expect((await canvas.findAllByRole('status', { name: 'Loading…' }))[0]).toBeVisible()
}

/** Waits for what the server says, so that it is what axe looks at. */
export const seesContent = async ({ canvas }: Played) => {
  await waitFor(() => expect(canvas.queryByRole('status', { name: 'Loading…' })).toBeNull())
}

/** What every screen shows when the server failed: the reason, the code, and a way to try again. */
export const seesFailure = async ({ canvas }: Played) => {
  await expect(await canvas.findByText('The database did not answer. Try again in a moment.')).toBeVisible()
  await expect(canvas.getByText('STORAGE_UNAVAILABLE')).toBeVisible()
  await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
}

/** What every screen shows without a network. */
export const seesNoServer = async ({ canvas }: Played) => {
  await expect(await canvas.findByText(/could not be reached/)).toBeVisible()
  await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
}
