import type { Meta, StoryObj } from '@storybook/react-vite'
import { Badge, Inline } from './testing/registered'

const meta = {
  title: 'Components/Inline',
  component: Inline,
  args: { children: [<Badge key="1">First</Badge>, <Badge key="2">Second</Badge>, <Badge key="3">Third</Badge>] },
} satisfies Meta<typeof Inline>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}

export const Between: Story = { args: { justify: 'between' } }
