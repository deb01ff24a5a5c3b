import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { SearchInput } from './testing/registered'

const meta = {
  title: 'Components/SearchInput',
  component: SearchInput,
  args: { label: 'Find orders', placeholder: 'Number or customer', onChange: fn(), onSubmit: fn() },
} satisfies Meta<typeof SearchInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.type(canvas.getByRole('searchbox', { name: 'Find orders' }), '10{Enter}')
    await expect(args.onSubmit).toHaveBeenCalledWith('10')
    await userEvent.keyboard('{Escape}')
    await expect(args.onChange).toHaveBeenLastCalledWith('')
  },
}
export const Filled: Story = { args: { value: '1042' } }
