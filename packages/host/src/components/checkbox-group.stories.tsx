import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { CheckboxGroup } from './testing/registered'

const meta = {
  title: 'Components/CheckboxGroup',
  component: CheckboxGroup,
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
} satisfies Meta<typeof CheckboxGroup>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Europe' }))
    await expect(args.onChange).toHaveBeenLastCalledWith(['eu'])
  },
}
export const WithError: Story = { args: { value: [], required: true, error: 'Choose one at least.' } }
