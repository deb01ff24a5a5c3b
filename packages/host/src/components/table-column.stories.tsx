import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { Table, TableBody, TableCell, TableColumn, TableHead, TableRow } from './testing/registered'

const meta = {
  title: 'Components/TableColumn',
  component: TableColumn,
  args: { children: 'Order', sort: 'ascending', onSort: fn() },
  decorators: [
    (Story) => (
      <Table label="Orders">
        <TableHead>
          <Story />
          <TableColumn align="end">Total</TableColumn>
        </TableHead>
        <TableBody>
          <TableRow>
            <TableCell>1042</TableCell>
            <TableCell align="end">84.00</TableCell>
          </TableRow>
        </TableBody>
      </Table>
    ),
  ],
} satisfies Meta<typeof TableColumn>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Order' }))
    await expect(args.onSort).toHaveBeenCalledOnce()
  },
}
