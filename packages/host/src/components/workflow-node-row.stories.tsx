import type { Meta, StoryObj } from '@storybook/react-vite'
import { WorkflowNodeRow, WorkflowNodeText } from './testing/registered'

const meta = {
  title: 'Components/WorkflowNodeRow',
  component: WorkflowNodeRow,
  args: { label: 'Amount', children: <WorkflowNodeText>84.00 €</WorkflowNodeText> },
} satisfies Meta<typeof WorkflowNodeRow>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
