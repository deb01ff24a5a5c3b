import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { ConfirmDialog } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/ConfirmDialog',
  component: ConfirmDialog,
  args: {
    title: 'Uninstall Order Lookup?',
    description: 'It stops at once for everybody.',
    confirmLabel: 'Uninstall',
    destructive: true,
    onAnswer: fn(),
  },
  parameters: { docs: { story: { inline: false, iframeHeight: 360 } } },
} satisfies Meta<typeof ConfirmDialog>
export default meta
type Story = StoryObj<typeof meta>

/** Escape and Cancel answer no. */
export const Default: Story = {
  play: async ({ args, userEvent }) => {
    await screen.findByRole('alertdialog', { name: 'Uninstall Order Lookup?' })
    await userEvent.keyboard('{Escape}')
    await expect(args.onAnswer).toHaveBeenLastCalledWith(false)
    await userEvent.click(screen.getByRole('button', { name: 'Uninstall' }))
    await expect(args.onAnswer).toHaveBeenLastCalledWith(true)
  },
}
