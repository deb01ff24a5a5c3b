import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Toasts } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/Toasts',
  component: Toasts,
  args: {
    onDismiss: fn(),
    toasts: [
      { id: '1', title: 'Order refunded', description: 'The customer was told.', variant: 'success' },
      { id: '2', title: 'A parcel is late', variant: 'warning' },
      { id: '3', title: 'The card was refused', variant: 'error' },
      { id: '4', title: 'Two agents look at this ticket', variant: 'info' },
    ],
  },
  parameters: { docs: { story: { inline: false, iframeHeight: 420 } } },
} satisfies Meta<typeof Toasts>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ args, userEvent }) => {
    const [first] = await screen.findAllByRole('button', { name: 'Dismiss' })
    if (first) await userEvent.click(first)
    await expect(args.onDismiss).toHaveBeenCalledWith('1')
  },
}
