import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { RadioGroup } from './testing/registered'

const meta = {
  title: 'Components/RadioGroup',
  component: RadioGroup,
  args: {
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
      { value: 'moon', label: 'The moon', disabled: true },
    ],
    onChange: fn(),
  },
} satisfies Meta<typeof RadioGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'Europe' }))
    await expect(args.onChange).toHaveBeenCalledWith('eu')
  },
}

export const WithError: Story = {
  args: { value: 'us', error: 'This region is full.', description: 'Where the data is kept.' },
}
