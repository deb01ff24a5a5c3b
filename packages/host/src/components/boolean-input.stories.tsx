import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { BooleanInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/BooleanInput',
  component: BooleanInput,
  args: { name: 'notify', label: 'Notify the customer', onChange: fn() },
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
} satisfies Meta<typeof BooleanInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('switch', { name: 'Notify the customer' }))
    await expect(args.onChange).toHaveBeenLastCalledWith(false)
  },
}
