import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, Card, CardFooter } from './testing/registered'

const meta = {
  title: 'Components/CardFooter',
  component: CardFooter,
  args: {
    children: [
      <Button key="a" variant="primary">
        Track
      </Button>,
      <Button key="b">Refund</Button>,
    ],
  },
  decorators: [
    (Story) => (
      <Card>
        <Story />
      </Card>
    ),
  ],
} satisfies Meta<typeof CardFooter>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
