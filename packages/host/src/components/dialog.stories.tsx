import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen, waitFor } from 'storybook/test'
import { Button, Dialog } from './testing/registered'

const meta = {
  title: 'Components/Dialog',
  component: Dialog,
  args: {
    title: 'Refund order 1042',
    trigger: <Button>Refund</Button>,
    children: 'The money goes back to the card it came from.',
    footer: <Button variant="primary">Refund 84.00</Button>,
    onOpenChange: fn(),
  },
} satisfies Meta<typeof Dialog>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Refund' }))
    const dialog = await screen.findByRole('dialog', { name: 'Refund order 1042' })
    // It fades in: at first it cannot be seen, and then has too little contrast for axe to judge.
    await waitFor(() => expect(dialog).toBeVisible())
    await Promise.all(document.getAnimations().map(({ finished }) => finished))
  },
}
