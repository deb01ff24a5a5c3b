import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { app } from '../src/app'
import * as imports from '../src/import.server'
import { parseCsv } from '../src/parse-csv'
import * as tables from '../src/tables.server'

const server = { ...tables, ...imports }

const start = async () => {
  const service = createService()
  const harness = await createServerHarness({
    functions: server,
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.gridwork.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, ...harness }
}

const [widget] = app.record?.widgets ?? []
if (!widget) throw new Error('The app has no widget.')

test('tables follow the base, fields follow the table, and a row is added', async () => {
  const { service, functions } = await start()
  const view = await createRenderer(widget, { serverFunctions: functions })
  await view.user.selectOptions(await view.findByLabelText('Base'), 'crm')
  await view.user.selectOptions(await view.findByLabelText('Table'), 'deals')
  await view.user.click(await view.findByRole('button', { name: 'Add row' }))
  await view.findByText('A row needs its first field.')
  await view.user.type(await view.findByLabelText('Title'), 'Twelve mugs')
  await view.user.click(view.getByRole('button', { name: 'Add row' }))
  await view.findByText('A row was added to deals')
  expect(service.rows).toEqual([{ base: 'crm', table: 'deals', values: { Title: 'Twelve mugs' } }])
  await view.user.selectOptions(view.getByLabelText('Base'), 'desk')
  await expect.poll(() => view.queryByLabelText('Title')).toBeNull()
  await view.user.selectOptions(await view.findByLabelText('Table'), 'bugs')
  await view.findByLabelText('Summary')
  await view.unmount()
})

test('a slow answer for a base that is not chosen any more is not shown', async () => {
  const late: (() => void)[] = []
  const list = vi.fn(async (base = ''): Promise<readonly string[]> => {
    if (!base) return ['slow', 'fast']
    if (base === 'fast') return ['f1']
    await new Promise<void>((resolve) => late.push(resolve))
    return ['s1']
  })
  const view = await createRenderer(widget, { serverFunctions: { list } })
  await view.user.selectOptions(await view.findByLabelText('Base'), 'slow')
  await expect.poll(() => late).toHaveLength(1)
  await view.user.selectOptions(view.getByLabelText('Base'), 'fast')
  await view.findByRole('option', { name: 'f1' })
  for (const answer of late) answer()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(view.queryByRole('option', { name: 's1' })).toBeNull()
  // Once more the first base: its answer is there already.
  await view.user.selectOptions(view.getByLabelText('Base'), 'slow')
  await view.findByRole('option', { name: 's1' })
  expect(list.mock.calls.filter(([base]) => base === 'slow')).toHaveLength(1)
  await view.unmount()
})

const csv = (text: string, name = 'deals.csv') => new File([text], name, { type: 'text/csv' })

test('rows of a file that the user chose are added, and the extension never sees the file', async () => {
  const { service, functions, addFile } = await start()
  const importRows: typeof functions.importRows = (base, table, handle) => {
    const chosen = view.host.files.find((one) => one.handle.id === handle.id)
    return functions.importRows(base, table, chosen ? addFile(chosen.file) : handle)
  }
  const view = await createRenderer(widget, { serverFunctions: { ...functions, importRows } })
  await view.user.selectOptions(await view.findByLabelText('Base'), 'crm')
  await view.user.selectOptions(await view.findByLabelText('Table'), 'deals')
  await view.user.click(await view.findByRole('button', { name: 'Import' }))
  await view.findByText('Choose a file.')
  await view.user.upload(view.getByLabelText('Rows from a file'), csv('Title,Amount\n"Mugs, blue",12\nCaps,3\n'))
  await view.user.click(view.getByRole('button', { name: 'Import' }))
  await view.findByText('2 rows were added to deals')
  expect(service.rows.map(({ values }) => values)).toEqual([
    { Title: 'Mugs, blue', Amount: '12' },
    { Title: 'Caps', Amount: '3' },
  ])
  const [call] = view.host.calls.filter(({ id }) => id.endsWith('#importRows'))
  expect(call?.args[2]).toEqual({ id: expect.any(String), name: 'deals.csv', size: 36, type: 'text/csv' })
  await view.unmount()
})

test.each([
  ['another kind of file', csv('x', 'deals.exe'), { code: 'INVALID_INPUT' }, 'application/exe'],
  ['a file with other fields', csv('Colour\nblue'), { code: 'INVALID_INPUT' }, 'text/csv'],
  ['an empty file', csv(''), { code: 'INVALID_INPUT' }, 'text/csv'],
])('%s is refused, and no row is added', async (_, file, error, type) => {
  const { service, functions, addFile } = await start()
  const handle = addFile(new File([file], file.name, { type }))
  await expect(functions.importRows('crm', 'deals', handle)).rejects.toMatchObject(error)
  expect(service.rows).toEqual([])
})

test('a file of another call, or a made up one, cannot be read', async () => {
  const { functions, addFile } = await start()
  addFile(csv('Title\nMugs'))
  const forged = { id: `souk-file:${'a'.repeat(43)}`, name: 'deals.csv', size: 1, type: 'text/csv' }
  await expect(functions.importRows('crm', 'deals', forged)).rejects.toMatchObject({ code: 'FILE_NOT_GRANTED' })
})

test.each([
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    '\uFEFFa,b\r\nc,\r\n',
    [
      ['a', 'b'],
      ['c', ''],
    ],
  ],
  ['"a ""b"", c","d\ne"', [['a "b", c', 'd\ne']]],
  ['a,', [['a', '']]],
  ['\n\n', []],
])('CSV %j', (text, rows) => {
  expect(parseCsv(text)).toEqual(rows)
})
