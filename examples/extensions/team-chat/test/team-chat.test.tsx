import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { app } from '../src/app'
import * as server from '../src/messages.server'
import { sendMessage } from '../src/send-message.workflow'

const start = async () => {
  const service = createService()
  const harness = await createServerHarness({
    functions: server,
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.parley.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, ...harness }
}

test('the panel offers the channels, and what it holds can be sent', async () => {
  const { service, functions } = await start()
  const view = await createRenderer(sendMessage, { serverFunctions: functions })
  await view.user.selectOptions(await view.findByLabelText('Channel'), '#orders')
  await view.user.type(view.getByLabelText('Message'), 'Parcel is lost')
  expect(view.values()).toEqual({ channel: 'orders', text: 'Parcel is lost' })
  expect(await view.run(view.values())).toEqual({ id: '1' })
  expect(service.messages).toEqual([{ id: 1, channel: 'orders', text: 'Parcel is lost' }])
  await view.unmount()
})

test('the trigger is silent at first, and then tells each message once', async () => {
  const { functions } = await start()
  await functions.post({ channel: 'general', text: 'Old' })
  const first = await functions.poll({}, {})
  expect(first).toEqual({ events: [], state: { after: 1 } })
  await functions.post({ channel: 'orders', text: 'New' })
  await functions.post({ channel: 'general', text: 'Other' })
  const second = await functions.poll({ channel: 'orders' }, { state: first.state })
  expect(second).toEqual({ events: [{ channel: 'orders', text: 'New' }], state: { after: 3 } })
  expect((await functions.poll({}, { state: second.state })).events).toEqual([])
})

test('what was selected in a call, and selected tickets, are posted', async () => {
  const { service, functions } = await start()
  const { transcript } = app.callRecording ?? {}
  const [share] = transcript && 'textActions' in transcript ? transcript.textActions : []
  const [shareAll] = app.record?.bulkActions ?? []
  if (!share || !shareAll) throw new Error('The app lacks an action.')
  const text = await createRenderer(share, {
    kind: 'callRecording.transcript',
    context: { callRecordingId: 'c1', text: 'Where is it?', speaker: 'Lena' },
    serverFunctions: functions,
  })
  await text.trigger()
  expect(text.host.toasts).toMatchObject([{ title: 'Posted to #support' }])
  await text.unmount()
  const bulk = await createRenderer(shareAll, {
    context: { recordType: 'ticket', recordIds: ['T-1', 'T-2'] },
    serverFunctions: functions,
  })
  await bulk.trigger()
  await bulk.unmount()
  expect(service.messages.map((message) => message.text)).toEqual(['Lena: Where is it?', 'Look at T-1, T-2.'])
})

test.each([
  [
    { channel: 'nowhere', text: 'Hi' },
    { code: 'INVALID_INPUT', fields: { channel: 'Choose another channel.' } },
  ],
  [
    { channel: 'general', text: ' ' },
    { code: 'INVALID_INPUT', fields: { text: expect.any(String) } },
  ],
])('refuses %j at its field', async (message, expected) => {
  const { functions } = await start()
  await expect(functions.post(message)).rejects.toMatchObject(expected)
})
