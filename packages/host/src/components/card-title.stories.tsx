import type { Meta, StoryObj } from '@storybook/react-vite'
import { Card, CardTitle } from './testing/registered'

const meta = {
  title: 'Components/CardTitle',
  component: CardTitle,
  args: { children: 'Order 1042' },
  decorators: [
    (Story) => (
      <Card>
        <Story />
      </Card>
    ),
  ],
} satisfies Meta<typeof CardTitle>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
