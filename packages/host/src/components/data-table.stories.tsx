import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Table } from './testing/registered'

const meta = {
  title: 'Components/Table with data',
  component: Table,
  args: {
    label: 'Orders',
    selection: 'multiple',
    height: 'medium',
    columns: [
      { id: 'order', label: 'Order', sortable: true, width: 120 },
      { id: 'customer', label: 'Customer', sortable: true },
      { id: 'state', label: 'State' },
      { id: 'total', label: 'Total', align: 'end', sortable: true },
    ],
    rows: Array.from({ length: 10_000 }, (_, index) => ({
      id: String(index),
      cells: [
        String(1000 + index),
        `Customer ${(index * 7919) % 1000}`,
        index % 3 ? 'Paid' : 'Open',
        ((index * 37) % 500).toFixed(2),
      ],
    })),
    onSelectionChange: fn(),
  },
} satisfies Meta<typeof Table>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    const region = canvas.getByRole('region', { name: 'Orders' })
    await expect(canvas.getAllByRole('row').length).toBeLessThan(60)
    region.scrollTop = 200_000
    await expect(await canvas.findByText('6000')).toBeVisible()
    await expect(canvas.getAllByRole('row').length).toBeLessThan(60)
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Select 6000' }))
    await expect(args.onSelectionChange).toHaveBeenLastCalledWith(['5000'])
    region.scrollTop = 0
    await userEvent.click(canvas.getByRole('button', { name: /Total/ }))
    await expect(canvas.getByRole('columnheader', { name: /Total/ })).toHaveAttribute('aria-sort', 'ascending')
  },
}

/** In pages instead of one long scroll. */
export const Pages: Story = { args: { height: 'auto', pageSize: 8 } }

export const Pressable: Story = { args: { selection: 'none', pageSize: 5, height: 'auto', onRowPress: fn() } }

export const Empty: Story = { args: { rows: [], emptyText: 'No orders yet' } }

export const Loading: Story = { args: { rows: [], loading: true } }
