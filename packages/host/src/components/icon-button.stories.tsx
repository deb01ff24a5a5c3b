import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { IconButton, Inline } from './testing/registered'

const meta = {
  title: 'Components/IconButton',
  component: IconButton,
  args: { label: 'Delete order', icon: 'trash', onPress: fn() },
} satisfies Meta<typeof IconButton>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Delete order' }))
    await expect(args.onPress).toHaveBeenCalledOnce()
  },
}
export const Variants: Story = {
  render: () => (
    <Inline gap="small">
      <IconButton label="Edit" icon="edit" variant="secondary" />
      <IconButton label="More" icon="more" />
      <IconButton label="Delete" icon="trash" variant="danger" />
      <IconButton label="Small" icon="plus" size="small" variant="secondary" />
      <IconButton label="Off" icon="lock" disabled />
    </Inline>
  ),
}
