import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, Card, Text } from './testing/registered'

const meta = {
  title: 'Components/Card',
  component: Card,
  args: { title: 'Order 1042', description: 'Placed on 3 March', children: <Text>Two mugs and a teapot.</Text> },
} satisfies Meta<typeof Card>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const WithActionsAndFooter: Story = {
  args: {
    actions: <Button size="small">Open</Button>,
    footer: (
      <Text size="small" tone="muted">
        Paid by card
      </Text>
    ),
  },
}
