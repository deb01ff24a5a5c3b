import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Tab, Tabs } from './testing/registered'

const meta = {
  title: 'Components/Tabs',
  component: Tabs,
  args: {
    label: 'Order',
    onChange: fn(),
    children: [
      <Tab key="a" id="items" label="Items">
        Three items, 84.00 in all.
      </Tab>,
      <Tab key="b" id="notes" label="Notes">
        No notes yet.
      </Tab>,
      <Tab key="c" id="log" label="Log" disabled>
        …
      </Tab>,
    ],
  },
} satisfies Meta<typeof Tabs>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('tab', { name: 'Notes' }))
    await expect(canvas.getByRole('tabpanel')).toHaveTextContent('No notes yet.')
    await expect(args.onChange).toHaveBeenCalledWith('notes')
  },
}
export const Vertical: Story = { args: { orientation: 'vertical' } }

export const Chosen: Story = { args: { value: 'notes' } }
