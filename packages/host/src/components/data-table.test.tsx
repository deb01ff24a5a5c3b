import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { standardComponents } from './index'

const { Table, TableBody, TableCell, TableColumn, TableHead, TableRow } = standardComponents

const columns = [
  { id: 'order', label: 'Order', sortable: true },
  { id: 'total', label: 'Total', align: 'end', sortable: true },
] as const
const rows = [
  { id: 'a', cells: ['1042', '84.00'] },
  { id: 'b', cells: ['1043', '9.50'] },
  { id: 'c', cells: ['1041', '120.00'] },
]
const bodyRows = () => screen.getAllByRole('row').slice(1)
const firstCells = () => bodyRows().map((row) => within(row).getAllByRole('cell')[0]?.textContent)

test('a product sorts the rows itself when the extension does not', async () => {
  render(<Table label="Orders" columns={columns} rows={rows} />)
  await userEvent.click(screen.getByRole('button', { name: /Total/ }))
  expect(firstCells()).toEqual(['1043', '1042', '1041'])
  expect(screen.getByRole('columnheader', { name: /Total/ })).toHaveAttribute('aria-sort', 'ascending')
  await userEvent.click(screen.getByRole('button', { name: /Total/ }))
  expect(firstCells()).toEqual(['1041', '1042', '1043'])
})

test('an extension that sorts is asked, and its order is kept', async () => {
  const onSortChange = vi.fn()
  const sort = { column: 'order', direction: 'ascending' } as const
  render(<Table label="Orders" columns={columns} rows={rows} sort={sort} onSortChange={onSortChange} />)
  await userEvent.click(screen.getByRole('button', { name: /Order/ }))
  expect(onSortChange).toHaveBeenCalledExactlyOnceWith('order', 'descending')
  expect(firstCells()).toEqual(['1042', '1043', '1041'])
})

test('rows are selected one by one or all at once', async () => {
  const onSelectionChange = vi.fn()
  render(
    <Table label="Orders" columns={columns} rows={rows} selection="multiple" onSelectionChange={onSelectionChange} />,
  )
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select 1043' }))
  expect(onSelectionChange).toHaveBeenLastCalledWith(['b'])
  expect(screen.getByRole('checkbox', { name: 'Select all' })).toBePartiallyChecked()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all' }))
  expect(onSelectionChange).toHaveBeenLastCalledWith(['a', 'b', 'c'])
})

test('only one row is selected when one is all there may be', async () => {
  const onSelectionChange = vi.fn()
  render(
    <Table label="Orders" columns={columns} rows={rows} selection="single" onSelectionChange={onSelectionChange} />,
  )
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select 1042' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select 1043' }))
  expect(onSelectionChange).toHaveBeenLastCalledWith(['b'])
})

test('a row is pressed by mouse anywhere and by keyboard in its first cell, and not by selecting it', async () => {
  const onRowPress = vi.fn()
  render(<Table label="Orders" columns={columns} rows={rows} selection="multiple" onRowPress={onRowPress} />)
  await userEvent.click(screen.getByText('84.00'))
  screen.getByRole('button', { name: '1043' }).focus()
  await userEvent.keyboard('{Enter}')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select 1041' }))
  expect(onRowPress.mock.calls).toEqual([['a'], ['b']])
})

test('pages hold as many rows as they should', async () => {
  render(<Table label="Orders" columns={columns} rows={rows} pageSize={2} />)
  expect(bodyRows()).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: 'Next page' }))
  expect(firstCells()).toEqual(['1041'])
})

test('a table without rows says so', () => {
  render(<Table label="Orders" columns={columns} rows={[]} emptyText="No orders yet" />)
  expect(screen.getByRole('cell')).toHaveTextContent('No orders yet')
})

test('a column of elements is sorted by its button', async () => {
  const onSort = vi.fn()
  render(
    <Table label="Orders">
      <TableHead>
        <TableColumn sort="descending" onSort={onSort}>
          Order
        </TableColumn>
        <TableColumn>Total</TableColumn>
      </TableHead>
      <TableBody>
        <TableRow>
          <TableCell>1042</TableCell>
          <TableCell>84.00</TableCell>
        </TableRow>
      </TableBody>
    </Table>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Order' }))
  expect(onSort).toHaveBeenCalledExactlyOnceWith()
  expect(screen.getByRole('columnheader', { name: 'Order' })).toHaveAttribute('aria-sort', 'descending')
  expect(screen.getByRole('columnheader', { name: 'Total' })).not.toHaveAttribute('aria-sort')
})
