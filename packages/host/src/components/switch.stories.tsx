import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Switch } from './testing/registered'

const meta = {
  title: 'Components/Switch',
  component: Switch,
  args: { label: 'Allow refunds', onChange: fn() },
} satisfies Meta<typeof Switch>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('switch', { name: 'Allow refunds' }))
    await expect(args.onChange).toHaveBeenCalledWith(true)
  },
}

export const On: Story = { args: { checked: true, description: 'Agents may give money back.' } }
