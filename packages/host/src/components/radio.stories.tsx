import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { Radio, RadioGroup } from './testing/registered'

const meta = {
  title: 'Components/Radio',
  component: Radio,
  args: { value: 'team', label: 'Team' },
  decorators: [
    (Story) => (
      <RadioGroup label="Plan">
        <Story />
        <Radio value="free" label="Free" />
      </RadioGroup>
    ),
  ],
} satisfies Meta<typeof Radio>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'Team' }))
    await expect(canvas.getByRole('radio', { name: 'Team' })).toBeChecked()
  },
}
