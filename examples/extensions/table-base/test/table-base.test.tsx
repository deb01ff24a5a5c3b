import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { app } from '../src/app'
import * as server from '../src/tables.server'

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
