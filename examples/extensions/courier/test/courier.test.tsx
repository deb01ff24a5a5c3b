import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { waitFor } from '@testing-library/dom'
import { http } from 'msw'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { App, app } from '../src/app'

const start = async () => {
  // The token lives in the module, so each test has its own.
  vi.resetModules()
  const server = { ...(await import('../src/track.server')), ...(await import('../src/watch-list.server')) }
  const service = createService()
  const harness = await createServerHarness({
    functions: server,
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.swiftpost.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, ...harness }
}

test('calls at once share one token, and an expired one is minted anew', async () => {
  const { service, functions } = await start()
  await Promise.all(['SP1', 'SP2', 'SP3'].map(functions.track))
  expect(service.tokens.size).toBe(1)
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000)
  await functions.track('SP1')
  clock.mockRestore()
  expect(service.tokens.size).toBe(2)
})

test('the widget follows a parcel until it is delivered, and stops then', async () => {
  const { functions, requests } = await start()
  const [widget] = app.record?.widgets ?? []
  if (!widget) throw new Error('The app has no widget.')
  const view = await createRenderer(widget, {
    settings: { organization: { refreshSeconds: 0.02 } },
    serverFunctions: functions,
  })
  await view.user.type(await view.findByLabelText('Parcel number'), 'SP7')
  await view.user.click(view.getByRole('button', { name: 'Track' }))
  await view.findByText('delivered')
  await view.findByText('5 stations')
  const asked = requests.length
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(requests.length).toBe(asked)
  await view.user.clear(view.getByLabelText('Parcel number'))
  await view.user.type(view.getByLabelText('Parcel number'), 'nonsense')
  await view.user.click(view.getByRole('button', { name: 'Track' }))
  await view.findByText('Swiftpost knows no parcel nonsense.')
  await view.unmount()
})

test('a trace yields each station in its order, and asks for no page that nobody reads', async () => {
  const { functions, requests } = await start()
  const stations: string[] = []
  for await (const station of functions.trace('SP4')) stations.push(station)
  expect(stations).toEqual(['Hamburg', 'Hanover', 'Kassel', 'Frankfurt', 'Munich'])
  const pages = () => requests.filter(({ url }) => url.includes('/stations')).length
  expect(pages()).toBe(3)
  for await (const _ of functions.trace('SP5')) break
  expect(pages()).toBe(4)
})

test('the widget draws the stations of a parcel', async () => {
  const { functions } = await start()
  const [widget] = app.record?.widgets ?? []
  if (!widget) throw new Error('The app has no widget.')
  const view = await createRenderer(widget, {
    settings: { organization: { refreshSeconds: 60 } },
    serverFunctions: functions,
  })
  await view.user.type(await view.findByLabelText('Parcel number'), 'SP6')
  await view.user.click(view.getByRole('button', { name: 'Track' }))
  await view.findByText('5 stations')
  expect(view.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Hamburg',
    'Hanover',
    'Kassel',
    'Frankfurt',
    'Munich',
  ])
  await view.unmount()
})

test('the trigger tells of a delivery once', async () => {
  const { functions } = await start()
  let state: { delivered: boolean } | undefined
  const events: unknown[] = []
  for (let poll = 0; poll < 6; poll++) {
    const result = await functions.pollDelivery({ code: 'SP9' }, state ? { state } : {})
    state = result.state
    events.push(...result.events)
  }
  expect(events).toEqual([{ code: 'SP9', state: 'delivered' }])
})

test('the page keeps a list that everybody shares, and loses nothing that others add meanwhile', async () => {
  const { functions } = await start()
  const page = { id: 'page', label: 'Page', component: App }
  const view = await createRenderer(page, { kind: 'app.page', serverFunctions: functions })
  await view.findByText('No parcel is watched')
  await view.user.type(view.getByLabelText('Parcel number'), 'SP1')
  await view.user.click(view.getByRole('button', { name: 'Watch' }))
  await view.findByText('SP1')

  await Promise.all(Array.from({ length: 18 }, (_, index) => functions.watch(`SP${index + 20}`)))
  await view.user.type(view.getByLabelText('Parcel number'), 'SP2')
  await view.user.click(view.getByRole('button', { name: 'Watch' }))
  await view.findByText('SP2')
  expect(view.getAllByRole('listitem')).toHaveLength(20)

  await view.user.type(view.getByLabelText('Parcel number'), 'SP3')
  await view.user.click(view.getByRole('button', { name: 'Watch' }))
  await view.findByText('The list has 20 parcels already.')
  await view.user.click(view.getByRole('button', { name: 'Stop watching SP1' }))
  await waitFor(() => expect(view.getAllByRole('listitem')).toHaveLength(19))
  await view.unmount()
})
