import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Badge, Table, TableBody, TableCell, TableHead, TableRow } from './testing/registered'

const meta = {
  title: 'Components/Table',
  component: Table,
  args: { label: 'Orders' },
} satisfies Meta<typeof Table>
export default meta
type Story = StoryObj<typeof meta>

/** A row is opened with the mouse, and with Enter. */
export const Default: Story = {
  render: (args) => (
    <Table {...args}>
      <TableHead>
        <TableCell>Order</TableCell>
        <TableCell>Status</TableCell>
        <TableCell align="end">Total</TableCell>
      </TableHead>
      <TableBody>
        {ROWS.map((row) => (
          <TableRow key={row.id} onPress={() => onPress(row.id)}>
            <TableCell header>{row.id}</TableCell>
            <TableCell>
              <Badge tone={row.tone}>{row.status}</Badge>
            </TableCell>
            <TableCell align="end">{row.total}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  ),
  play: async ({ canvas, userEvent }) => {
    onPress.mockClear()
    const row = canvas.getByRole('row', { name: /1043/ })
    await userEvent.click(row)
    row.focus()
    await userEvent.keyboard('{Enter}')
    await expect(onPress.mock.calls).toEqual([['1043'], ['1043']])
    await expect(canvas.getAllByRole('columnheader')).toHaveLength(3)
  },
}

const onPress = fn()

const ROWS = [
  { id: '1042', status: 'Paid', tone: 'success', total: '€ 84.00' },
  { id: '1043', status: 'Due', tone: 'warning', total: '€ 19.50' },
  { id: '1044', status: 'Refunded', tone: 'neutral', total: '€ 7.25' },
] as const
