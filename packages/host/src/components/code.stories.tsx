import type { Meta, StoryObj } from '@storybook/react-vite'
import { Code } from './testing/registered'

const meta = {
  title: 'Components/Code',
  component: Code,
  args: { children: 'tickets:read' },
} satisfies Meta<typeof Code>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
