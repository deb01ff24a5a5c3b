import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { StringInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/StringInput',
  component: StringInput,
  args: { name: 'subject', label: 'Subject', onChange: fn() },
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
} satisfies Meta<typeof StringInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.type(canvas.getByLabelText('Subject'), '!')
    await expect(args.onChange).toHaveBeenLastCalledWith('Your order!')
  },
}
export const Multiline: Story = { args: { multiline: true, description: 'Markdown is fine.' } }
