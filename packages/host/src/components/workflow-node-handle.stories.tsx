import type { Meta, StoryObj } from '@storybook/react-vite'
import { WorkflowNodeHandle } from './testing/registered'

const meta = {
  title: 'Components/WorkflowNodeHandle',
  component: WorkflowNodeHandle,
  args: { id: 'out', type: 'source', label: 'Refunded' },
} satisfies Meta<typeof WorkflowNodeHandle>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
