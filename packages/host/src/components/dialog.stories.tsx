import type { Meta, StoryObj } from '@storybook/react-vite'
import { fn } from 'storybook/test'
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

/** Opened by its trigger. */
export const Default: Story = {}
