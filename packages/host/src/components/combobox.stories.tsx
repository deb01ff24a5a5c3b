import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Combobox } from './testing/registered'

const meta = {
  title: 'Components/Combobox',
  component: Combobox,
  args: {
    label: 'Region',
    placeholder: 'Type to find',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
      { value: 'ap', label: 'Asia and the Pacific' },
      { value: 'moon', label: 'The moon', disabled: true },
    ],
    onChange: fn(),
  },
} satisfies Meta<typeof Combobox>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.type(canvas.getByRole('combobox', { name: 'Region' }), 'unit')
    await userEvent.click(await screen.findByRole('option', { name: 'United States' }))
    await expect(args.onChange).toHaveBeenLastCalledWith('us')
  },
}
export const WithError: Story = { args: { error: 'Choose a region.', required: true } }

export const Loading: Story = { args: { loading: true, options: [] } }
