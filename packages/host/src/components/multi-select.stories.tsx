import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { MultiSelect } from './testing/registered'

const meta = {
  title: 'Components/MultiSelect',
  component: MultiSelect,
  args: {
    label: 'Regions',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
      { value: 'ap', label: 'Asia and the Pacific' },
      { value: 'moon', label: 'The moon', disabled: true },
    ],
    onChange: fn(),
  },
} satisfies Meta<typeof MultiSelect>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Regions/ }))
    await userEvent.click(await screen.findByRole('option', { name: 'Europe' }))
    await userEvent.click(screen.getByRole('option', { name: 'Asia and the Pacific' }))
    await expect(args.onChange).toHaveBeenLastCalledWith(['eu', 'ap'])
  },
}
export const Chosen: Story = { args: { value: ['eu', 'ap'] } }
