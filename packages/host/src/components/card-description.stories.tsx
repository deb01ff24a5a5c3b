import type { Meta, StoryObj } from '@storybook/react-vite'
import { Card } from './card'
import { CardDescription } from './card-parts'

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
