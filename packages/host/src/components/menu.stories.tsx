import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, screen } from 'storybook/test'
import { Menu, MenuItem } from './testing/registered'

const meta = {
  title: 'Components/Menu',
  component: Menu,
  args: {
    label: 'Actions',
    children: [
      <MenuItem key="a" label="Copy link" icon="link" />,
      <MenuItem key="b" label="Print label" icon="file" description="For the parcel" />,
      <MenuItem key="c" label="Delete" icon="trash" tone="danger" />,
      <MenuItem key="d" label="Archive" icon="archive" disabled />,
    ],
  },
} satisfies Meta<typeof Menu>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Actions' }))
    await expect(await screen.findByRole('menuitem', { name: /Print label/ })).toBeVisible()
  },
}
