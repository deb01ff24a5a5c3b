import type { Meta, StoryObj } from '@storybook/react-vite'
import { WorkflowNode, WorkflowNodeHandle, WorkflowNodeRow, WorkflowNodeText } from './testing/registered'

const meta = {
  title: 'Components/WorkflowNode',
  component: WorkflowNode,
  args: {
    title: 'Refund order',
    description: 'Shop',
    icon: 'credit-card',
    children: [
      <WorkflowNodeHandle key="i" id="in" type="target" label="Order" connected />,
      <WorkflowNodeRow key="a" label="Amount">
        <WorkflowNodeText>84.00 €</WorkflowNodeText>
      </WorkflowNodeRow>,
      <WorkflowNodeRow key="b" label="Reason">
        <WorkflowNodeText tone="muted">Late delivery</WorkflowNodeText>
      </WorkflowNodeRow>,
      <WorkflowNodeHandle key="o" id="out" type="source" label="Refunded" />,
    ],
  },
} satisfies Meta<typeof WorkflowNode>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Running: Story = { args: { status: 'running', selected: true } }

export const Failed: Story = { args: { status: 'error' } }
