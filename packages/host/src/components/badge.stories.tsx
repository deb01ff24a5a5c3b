import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge, Inline } from './testing/registered'

const meta = {
  title: 'Components/Badge',
  component: Badge,
  args: { children: 'Paid', tone: 'success' },
} satisfies Meta<typeof Badge>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Tones: Story = {
  render: () => (
    <Inline>
      <Badge>Draft</Badge>
      <Badge tone="info">Sent</Badge>
      <Badge tone="success">Paid</Badge>
      <Badge tone="warning">Due</Badge>
      <Badge tone="danger">Overdue</Badge>
    </Inline>
  ),
}

export const Dark: Story = { ...Tones, globals: { theme: 'dark' } }
