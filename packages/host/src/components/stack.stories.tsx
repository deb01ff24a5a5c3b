import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge, Stack } from './testing/registered'

const meta = {
  title: 'Components/Stack',
  component: Stack,
  args: {
    gap: 'medium',
    align: 'stretch',
    children: [<Badge key="1">First</Badge>, <Badge key="2">Second</Badge>, <Badge key="3">Third</Badge>],
  },
} satisfies Meta<typeof Stack>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Start: Story = { args: { align: 'start', gap: 'small' } }
