import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Button } from './button'
import { Dialog } from './dialog'

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
    await expect(await screen.findByRole('dialog', { name: 'Refund order 1042' })).toBeVisible()
    // What is half faded in has too little contrast to be judged.
    await Promise.all(document.getAnimations().map(({ finished }) => finished))
  },
}
