import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Avatar, Button, List, ListItem } from './testing/registered'

const meta = {
  title: 'Components/ListItem',
  component: ListItem,
  args: {
    title: 'Order 1042',
    description: 'Two mugs',
    onPress: fn(),
    leading: <Avatar name="Order 1042" />,
    trailing: <Button size="small">Refund</Button>,
  },
  decorators: [
    (Story) => (
      <List label="Orders">
        <Story />
      </List>
    ),
  ],
} satisfies Meta<typeof ListItem>
export default meta
type Story = StoryObj<typeof meta>

/** The whole item is pressed, but for what stands at its end. */
export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Order 1042' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Refund' }))
    await expect(args.onPress).toHaveBeenCalledOnce()
  },
}
