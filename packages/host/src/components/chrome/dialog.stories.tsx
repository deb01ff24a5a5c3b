import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Button, Form, Input, Textarea } from '../testing/registered'
import { Dialog } from '../testing/registered-chrome'

const meta = {
  title: 'Chrome/Dialog',
  component: Dialog,
  args: {
    title: 'Refund order 1042',
    size: 'medium',
    onClose: fn(),
    children: (
      <Form>
        <Input label="Amount" value="84.00" />
        <Textarea label="Reason" placeholder="Tell the customer why" />
        <Button type="submit" variant="primary">
          Refund
        </Button>
      </Form>
    ),
  },
  parameters: { docs: { story: { inline: false, iframeHeight: 480 } } },
} satisfies Meta<typeof Dialog>
export default meta
type Story = StoryObj<typeof meta>

/** Closed by its button and by Escape; the focus is inside. */
export const Default: Story = {
  play: async ({ args, userEvent }) => {
    const dialog = await screen.findByRole('dialog', { name: 'Refund order 1042' })
    await expect(dialog).toContainElement(document.activeElement as HTMLElement)
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await userEvent.keyboard('{Escape}')
    await expect(args.onClose).toHaveBeenCalledTimes(2)
  },
}

export const Small: Story = { args: { size: 'small' } }

export const Large: Story = { args: { size: 'large' } }
