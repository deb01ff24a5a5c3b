import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, screen } from 'storybook/test'
import { Button, Checkbox, Popover } from './testing/registered'

const meta = {
  title: 'Components/Popover',
  component: Popover,
  args: {
    label: 'Filters',
    trigger: <Button>Filter</Button>,
    children: <Checkbox label="Only unpaid" />,
    onOpenChange: fn(),
  },
} satisfies Meta<typeof Popover>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Filter' }))
    await expect(await screen.findByRole('dialog', { name: 'Filters' })).toBeVisible()
    await expect(args.onOpenChange).toHaveBeenLastCalledWith(true)
  },
}
