import { FILE_LIMITS } from '@souk/extension-sdk/protocol'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { FileInput } from './file-input'

const csv = (name: string, size = 2) =>
  Object.defineProperty(new File(['ab'], name, { type: 'text/csv' }), 'size', { value: size })

const namesOf = (onChange: ReturnType<typeof vi.fn>) =>
  onChange.mock.lastCall?.[0].map(({ name }: { name: string }) => name)

/** As the user may do it by "All files" in the dialog, or by dragging. */
const user = userEvent.setup({ applyAccept: false })

test('an extension is told of handles, and never of a file', async () => {
  const onChange = vi.fn()
  render(<FileInput label="Orders" accept={['.csv']} onChange={onChange} />)
  await user.upload(screen.getByLabelText('Orders'), csv('orders.csv'))
  expect(onChange.mock.calls).toEqual([
    [[{ id: expect.stringMatching(/^souk-file:/), name: 'orders.csv', size: 2, type: 'text/csv' }]],
  ])
  expect(screen.getByText('orders.csv')).toBeVisible()
})

test('files are added where several may be, removed one by one, and one replaces the other where only one may be', async () => {
  const onChange = vi.fn()
  const { rerender } = render(<FileInput label="Orders" multiple onChange={onChange} />)
  await user.upload(screen.getByLabelText('Orders'), csv('a.csv'))
  await user.upload(screen.getByLabelText('Orders'), csv('b.csv'))
  expect(namesOf(onChange)).toEqual(['a.csv', 'b.csv'])
  await user.click(screen.getByRole('button', { name: 'Remove a.csv' }))
  expect(namesOf(onChange)).toEqual(['b.csv'])
  rerender(<FileInput label="Orders" onChange={onChange} />)
  await user.upload(screen.getByLabelText('Orders'), csv('c.csv'))
  expect(namesOf(onChange)).toEqual(['c.csv'])
})

test.each([
  ['of another type', { accept: ['.csv'] }, [new File([''], 'a.exe')], 'This kind of file is not taken here.'],
  ['larger than the extension wants', { maxSizeBytes: 1 }, [csv('a.csv')], 'The file is larger than 1 byte.'],
  [
    'larger than a server takes, whatever the extension wants',
    { maxSizeBytes: 10 * FILE_LIMITS.fileBytes },
    [csv('a.csv', FILE_LIMITS.fileBytes + 1)],
    'The file is larger than 10.5 MB.',
  ],
])('a file %s is not told of, and the user is told why', async (_, props, files, reason) => {
  const onChange = vi.fn()
  render(<FileInput label="Orders" {...props} onChange={onChange} />)
  await user.upload(screen.getByLabelText('Orders'), files)
  expect(namesOf(onChange)).toEqual([])
  expect(screen.getByText(new RegExp(reason))).toBeVisible()
  expect(screen.getByLabelText('Orders')).toBeInvalid()
})

test('of too many files the first are taken, and of those that are too large together as well', async () => {
  const onChange = vi.fn()
  render(<FileInput label="Orders" multiple onChange={onChange} />)
  const many = Array.from({ length: FILE_LIMITS.filesPerCall + 1 }, (_, index) => csv(`${index}.csv`))
  await user.upload(screen.getByLabelText('Orders'), many)
  expect(namesOf(onChange)).toHaveLength(FILE_LIMITS.filesPerCall)
  expect(screen.getByText(/10.csv: There are too many files./)).toBeVisible()
})

test('files that are too large together are not all taken', async () => {
  const onChange = vi.fn()
  render(<FileInput label="Orders" multiple onChange={onChange} />)
  await user.upload(
    screen.getByLabelText('Orders'),
    ['a', 'b', 'c'].map((name) => csv(name, FILE_LIMITS.fileBytes)),
  )
  expect(namesOf(onChange)).toEqual(['a', 'b'])
  expect(screen.getByText(/c: The files are too large together./)).toBeVisible()
})
