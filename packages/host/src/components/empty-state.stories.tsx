import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, EmptyState } from './testing/registered'

const meta = {
  title: 'Components/EmptyState',
  component: EmptyState,
  args: { title: 'No orders yet', description: 'They appear here as soon as the customer buys something.' },
} satisfies Meta<typeof EmptyState>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const WithActions: Story = { args: { actions: <Button variant="primary">New order</Button> } }
