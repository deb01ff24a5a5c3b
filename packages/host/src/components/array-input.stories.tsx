import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { ArrayInput, StringInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/ArrayInput',
  component: ArrayInput,
  args: { name: 'items', label: 'Items', addLabel: 'Add item', children: <StringInput name="sku" label="SKU" /> },
  decorators: [
    (Story) => (
      <WorkflowPanel
        label="Send mail"
        values={{ subject: 'Your order', copies: 2, notify: true, way: 'mail' }}
        variables={[{ value: 'contact.name', label: 'Name', group: 'Contact' }]}
      >
        <Story />
      </WorkflowPanel>
    ),
  ],
} satisfies Meta<typeof ArrayInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Add item' }))
    await userEvent.type(canvas.getByLabelText('SKU'), 'MUG-1')
    await userEvent.click(canvas.getByRole('button', { name: 'Add item' }))
    await expect(canvas.getAllByLabelText('SKU')).toHaveLength(2)
  },
}
export const Texts: Story = { args: { children: undefined, name: 'tags', label: 'Tags', addLabel: 'Add tag' } }
