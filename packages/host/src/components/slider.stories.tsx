import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Slider } from './testing/registered'

const meta = {
  title: 'Components/Slider',
  component: Slider,
  args: { label: 'Discount', value: 30, description: 'In percent of the price.', onChange: fn(), onChangeEnd: fn() },
} satisfies Meta<typeof Slider>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    canvas.getByRole('slider', { name: 'Discount' }).focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect(args.onChange).toHaveBeenLastCalledWith(31)
  },
}
export const Disabled: Story = { args: { disabled: true } }
