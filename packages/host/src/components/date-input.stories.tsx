import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { DateInput } from './testing/registered'

const meta = {
  title: 'Components/DateInput',
  component: DateInput,
  args: { label: 'Due', value: '2026-03-09', onChange: fn() },
} satisfies Meta<typeof DateInput>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {}
export const Empty: Story = { args: { value: '', required: true, error: 'Choose a day.' } }

/** The calendar, opened. */
export const Opened: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Calendar/ }))
    await userEvent.click(await screen.findByRole('button', { name: /March 12, 2026/ }))
    await expect(args.onChange).toHaveBeenLastCalledWith('2026-03-12')
  },
}
