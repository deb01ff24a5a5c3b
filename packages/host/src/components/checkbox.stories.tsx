import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Checkbox } from './testing/registered'

const meta = {
  title: 'Components/Checkbox',
  component: Checkbox,
  args: { label: 'Send a receipt', onChange: fn() },
} satisfies Meta<typeof Checkbox>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Send a receipt' }))
    await expect(args.onChange).toHaveBeenCalledWith(true)
  },
}

export const Checked: Story = { args: { checked: true, description: 'By e-mail, at once.' } }

export const WithError: Story = { args: { error: 'This has to be confirmed.' } }

export const Disabled: Story = { args: { disabled: true, checked: true } }
