import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Notice } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/Notice',
  component: Notice,
  args: {
    title: 'Order Lookup stopped',
    message: 'The app did not answer and was ended. The rest of the page goes on.',
    code: 'EXTENSION_UNRESPONSIVE',
    traceId: 'req_7f3a91',
    onRetry: fn(),
  },
} satisfies Meta<typeof Notice>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, args, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(args.onRetry).toHaveBeenCalledOnce()
  },
}
