import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Input } from './testing/registered'

const meta = {
  title: 'Components/Input',
  component: Input,
  args: { label: 'E-mail', placeholder: 'ada@example.com', onChange: fn(), onBlur: fn() },
} satisfies Meta<typeof Input>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.type(canvas.getByLabelText('E-mail'), 'a@b')
    await expect(args.onChange).toHaveBeenLastCalledWith('a@b')
    await userEvent.tab()
    await expect(args.onBlur).toHaveBeenCalledOnce()
  },
}

export const WithDescription: Story = { args: { required: true, description: 'Where we send the receipt.' } }

export const WithError: Story = {
  args: { value: 'ada@', error: 'This is not an e-mail address.' },
  play: async ({ canvas }) => {
    const input = canvas.getByLabelText('E-mail')
    await expect(input).toHaveAttribute('aria-invalid', 'true')
    await expect(input).toHaveAccessibleDescription('This is not an e-mail address.')
  },
}

export const Disabled: Story = { args: { disabled: true, value: 'ada@example.com' } }
