import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Banner, Button } from './testing/registered'

const meta = {
  title: 'Components/Banner',
  component: Banner,
  args: {
    title: 'Carrier strike on Friday',
    children: 'Parcels may arrive a day later.',
    tone: 'warning',
    onDismiss: fn(),
  },
} satisfies Meta<typeof Banner>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Dismiss' }))
    await expect(args.onDismiss).toHaveBeenCalledOnce()
  },
}
export const WithActions: Story = {
  render: () => (
    <Banner title="Two orders need you" tone="info" actions={<Button size="small">Look</Button>}>
      Their addresses are not complete.
    </Banner>
  ),
}
