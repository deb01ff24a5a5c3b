import type { Meta, StoryObj } from '@storybook/react-vite'
import { Card, CardContent } from './testing/registered'

const meta = {
  title: 'Components/CardContent',
  component: CardContent,
  args: { children: 'They arrive on Thursday.' },
  decorators: [
    (Story) => (
      <Card>
        <Story />
      </Card>
    ),
  ],
} satisfies Meta<typeof CardContent>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
