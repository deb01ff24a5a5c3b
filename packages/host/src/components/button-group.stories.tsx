import type { Meta, StoryObj } from '@storybook/react-vite'
import { Button, ButtonGroup } from './testing/registered'

const meta = {
  title: 'Components/ButtonGroup',
  component: ButtonGroup,
  args: {
    label: 'Order',
    children: [<Button key="1">Open</Button>, <Button key="2">Refund</Button>],
  },
} satisfies Meta<typeof ButtonGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
