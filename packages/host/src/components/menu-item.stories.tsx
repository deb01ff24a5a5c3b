import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Menu, MenuItem } from './testing/registered'

const meta = {
  title: 'Components/MenuItem',
  component: MenuItem,
  args: { label: 'Print label', description: 'For the parcel', icon: 'file', onPress: fn() },
  decorators: [
    (Story) => (
      <Menu label="Actions">
        <Story />
      </Menu>
    ),
  ],
} satisfies Meta<typeof MenuItem>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Actions' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: /Print label/ }))
    await expect(args.onPress).toHaveBeenCalledOnce()
  },
}
