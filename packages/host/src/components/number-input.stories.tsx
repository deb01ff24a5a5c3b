import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { NumberInput } from './testing/registered'

const meta = {
  title: 'Components/NumberInput',
  component: NumberInput,
  args: { label: 'Copies', min: 1, max: 99, value: 3, description: 'How many labels to print.', onChange: fn() },
} satisfies Meta<typeof NumberInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Increase/ }))
    await expect(args.onChange).toHaveBeenLastCalledWith(4)
  },
}
export const WithError: Story = { args: { value: undefined, required: true, error: 'Say how many.' } }

export const Disabled: Story = { args: { disabled: true } }
