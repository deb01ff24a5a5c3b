import { expect, test } from 'vitest'
import { niceTicks } from './chart-scale'
import { listPages } from './pagination'
import { sortRows } from './sort-rows'

test.each([
  [0, 97, [0, 50, 100]],
  [0, 4, [0, 1, 2, 3, 4]],
  [-30, 60, [-50, 0, 50, 100]],
  [0, 0.35, [0, 0.1, 0.2, 0.3, 0.4]],
  [0, 0, [0, 1]],
  [12, 12, [0, 5, 10, 15]],
])('values from %s to %s get round ticks around them', (low, high, expected) => {
  expect(niceTicks(low, high)).toEqual(expected)
})

test.each([
  [1, 1, [1]],
  [1, 5, [1, 2, 0, 5]],
  [3, 5, [1, 2, 3, 4, 5]],
  [5, 10, [1, 0, 4, 5, 6, 0, 10]],
  [10, 10, [1, 0, 9, 10]],
])('on page %s of %s, the pages around it have a button', (page, count, expected) => {
  expect(listPages(page, count)).toEqual(expected)
})

test('rows are sorted by the value of the numbers in them, and equal ones keep their order', () => {
  const columns = [{ id: 'total', label: 'Total' }]
  const rows = ['10', '9', '10', 'ä', 'b'].map((cell, id) => ({ id: String(id), cells: [cell] }))
  const order = (direction: 'ascending' | 'descending', column = 'total') =>
    sortRows(rows, columns, { column, direction }, 'de').map(({ id }) => id)
  expect(order('ascending')).toEqual(['1', '0', '2', '3', '4'])
  expect(order('descending')).toEqual(['4', '3', '0', '2', '1'])
  expect(order('ascending', 'gone')).toEqual(['0', '1', '2', '3', '4'])
})
