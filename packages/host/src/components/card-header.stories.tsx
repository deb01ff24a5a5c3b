import type { Meta, StoryObj } from '@storybook/react-vite'
import { Card, CardDescription, CardHeader, CardTitle } from './testing/registered'

const meta = {
  title: 'Components/CardHeader',
  component: CardHeader,
  args: {
    children: [<CardTitle key="t">Order 1042</CardTitle>, <CardDescription key="d">Two items.</CardDescription>],
  },
  decorators: [
    (Story) => (
      <Card>
        <Story />
      </Card>
    ),
  ],
} satisfies Meta<typeof CardHeader>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
