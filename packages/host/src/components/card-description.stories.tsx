import type { Meta, StoryObj } from '@storybook/react-vite'
import { Card, CardDescription } from './testing/registered'

const meta = {
  title: 'Components/CardDescription',
  component: CardDescription,
  args: { children: 'Two items, shipped on Monday.' },
  decorators: [
    (Story) => (
      <Card>
        <Story />
      </Card>
    ),
  ],
} satisfies Meta<typeof CardDescription>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
