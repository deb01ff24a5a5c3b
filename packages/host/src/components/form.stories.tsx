import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Button, Form, Input } from './testing/registered'

const meta = {
  title: 'Components/Form',
  component: Form,
  args: {
    label: 'Refund',
    onSubmit: fn(),
    children: [
      <Input key="1" label="Order" value="1042" />,
      <Button key="2" type="submit" variant="primary">
        Refund
      </Button>,
    ],
  },
} satisfies Meta<typeof Form>
export default meta
type Story = StoryObj<typeof meta>

/** Sent by its button, and by Enter in a field. */
export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Refund' }))
    await userEvent.type(canvas.getByLabelText('Order'), '{Enter}')
    await expect(args.onSubmit).toHaveBeenCalledTimes(2)
  },
}
