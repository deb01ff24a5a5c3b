import type { Meta, StoryObj } from '@storybook/react-vite'
import { Avatar, Inline } from './testing/registered'

const meta = {
  title: 'Components/Avatar',
  component: Avatar,
  args: { name: 'Ada Fields' },
} satisfies Meta<typeof Avatar>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Sizes: Story = {
  render: () => (
    <Inline>
      <Avatar name="Ada Fields" size="small" />
      <Avatar name="Bo Lind" />
      <Avatar name="Clearvoice Labs" size="large" />
      <Avatar name="Daybook" />
      <Avatar name="Ledgerly" />
      <Avatar name="Order Lookup" />
    </Inline>
  ),
}

export const Dark: Story = { ...Sizes, globals: { theme: 'dark' } }
