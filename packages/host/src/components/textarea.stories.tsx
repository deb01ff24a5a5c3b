import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Textarea } from './testing/registered'

const meta = {
  title: 'Components/Textarea',
  component: Textarea,
  args: { label: 'Note', placeholder: 'What happened?', onChange: fn() },
} satisfies Meta<typeof Textarea>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.type(canvas.getByLabelText('Note'), 'Hi')
    await expect(args.onChange).toHaveBeenLastCalledWith('Hi')
  },
}

export const WithError: Story = { args: { error: 'Say a little more.' } }
