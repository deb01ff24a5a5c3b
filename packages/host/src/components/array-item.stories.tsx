import type { Meta, StoryObj } from '@storybook/react-vite'
import { ArrayInput, ArrayItem } from './array-input'
import { StringInput } from './bound-fields'
import { WorkflowPanel } from './workflow-panel'

const meta = {
  title: 'Components/ArrayItem',
  component: ArrayItem,
  args: { itemKey: 0, children: <StringInput name="sku" label="SKU" /> },
  decorators: [
    (Story) => (
      <WorkflowPanel label="Order" values={{ lines: [{ sku: 'MUG-1' }] }}>
        <ArrayInput name="lines" label="Lines" items={[0]}>
          <Story />
        </ArrayInput>
      </WorkflowPanel>
    ),
  ],
} satisfies Meta<typeof ArrayItem>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
