import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Select } from './testing/registered'

const meta = {
  title: 'Components/Select',
  component: Select,
  args: {
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
      { value: 'moon', label: 'The moon', disabled: true },
    ],
    onChange: fn(),
  },
} satisfies Meta<typeof Select>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Region/ }))
    await userEvent.click(await screen.findByRole('option', { name: 'United States' }))
    await expect(args.onChange).toHaveBeenCalledWith('us')
  },
}

export const Chosen: Story = { args: { value: 'eu', description: 'Where the data is kept.' } }

export const WithError: Story = { args: { value: '', required: true, error: 'Choose a region.' } }
