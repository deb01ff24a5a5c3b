import type { Meta, StoryObj } from '@storybook/react-vite'
import { WorkflowNodeText } from './testing/registered'

const meta = {
  title: 'Components/WorkflowNodeText',
  component: WorkflowNodeText,
  args: { children: '84.00 €' },
} satisfies Meta<typeof WorkflowNodeText>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
