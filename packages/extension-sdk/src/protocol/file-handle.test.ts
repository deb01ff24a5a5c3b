import { describe, expect, test } from 'vitest'
import { fileIdsIn, isAcceptedFile, isFileId, toFileId, toFileName, toMediaType } from './file-handle'
import { encodeValue } from './function-call'

const id = (letter: string) => toFileId(letter.repeat(43))

describe('handles in arguments', () => {
  test('are found wherever they stand, each once', () => {
    const handle = { id: id('a'), name: 'a.csv', size: 1, type: 'text/csv' }
    const encoded = encodeValue([handle, [{ deep: [handle, { id: id('b') }] }], new Map([['k', id('c')]])])
    expect(fileIdsIn('text' in encoded ? encoded.text : '')).toEqual([id('a'), id('b'), id('c')])
  })

  test.each([
    ['no handle', '[1,"a.csv"]'],
    ['only the beginning of one', '["souk-file:"]'],
    ['one that is too short', `["souk-file:${'a'.repeat(42)}"]`],
    ['one inside of a text', `["see ${id('a')}"]`],
    ['one with a path behind it', `["${id('a')}/../x"]`],
    ['one behind an escape', `["\\u0073ouk-file:${'a'.repeat(43)}"]`],
  ])('are not found in %s', (_, args) => {
    expect(fileIdsIn(args)).toEqual([])
  })

  test.each([undefined, null, 7, {}, '', 'souk-file:', `${id('a')} `, `x${id('a')}`, id('é')])(
    '%j is no id of one',
    (value) => expect(isFileId(value)).toBe(false),
  )
})

test.each([
  ['orders.csv', 'orders.csv'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\orders.csv', 'orders.csv'],
  ['a/b\\c', 'c'],
  ['..', 'file'],
  ['folder/', 'file'],
  ['', 'file'],
  ['  ', 'file'],
  ['a\0b\r\nc.csv', 'abc.csv'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['half \ud800.txt', 'half .txt'],
  ['Bücher 🎈.csv', 'Bücher 🎈.csv'],
  [`${'x'.repeat(300)}.csv`, `${'x'.repeat(251)}.csv`],
])('the name %j becomes %j', (given, name) => {
  expect(toFileName(given)).toBe(name)
})

test.each([
  ['text/csv', 'text/csv'],
  ['Text/CSV; charset=utf-8', 'text/csv'],
  ['application/vnd.ms-excel', 'application/vnd.ms-excel'],
  ['', ''],
  ['text', ''],
  ['text/csv\r\nx: y', ''],
  [`a/${'b'.repeat(200)}`, ''],
])('the type %j becomes %j', (given, type) => {
  expect(toMediaType(given)).toBe(type)
})

test.each<[readonly string[] | undefined, string, string, boolean]>([
  [undefined, 'a.exe', '', true],
  [[], 'a.exe', '', true],
  [['.csv'], 'A.CSV', '', true],
  [['.csv'], 'csv', 'text/csv', false],
  [['text/csv'], 'a', 'text/csv', true],
  [['TEXT/CSV'], 'a', 'text/csv', true],
  [['image/*'], 'a', 'image/png', true],
  [['image/*'], 'a', 'imagery/png', false],
  [['image/*'], 'a.png', '', false],
  [['.csv', 'text/plain'], 'a.exe', 'application/octet-stream', false],
])('of %j the file %s of %j is one: %s', (accept, name, type, accepted) => {
  expect(isAcceptedFile(accept, { name, type })).toBe(accepted)
})
