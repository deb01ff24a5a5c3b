import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { VarInput, WorkflowPanel } from './testing/registered'

const meta = {
  title: 'Components/VarInput',
  component: VarInput,
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
} satisfies Meta<typeof VarInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Insert variable' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: /Name/ }))
    await expect(args.onChange).toHaveBeenLastCalledWith(expect.stringContaining('{{contact.name}}'))
  },
}
