import { createHmac } from 'node:crypto'
import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createService } from '../fake/service'
import config from '../souk.config'
import { app } from '../src/app'
import settingsChanged from '../src/events/settings-changed.event'
import uninstalled from '../src/events/uninstalled.event'
import * as server from '../src/messages.server'
import { sendMessage } from '../src/send-message.workflow'
import mentions from '../src/webhooks/mentions.webhook'

const start = async () => {
  // What Parley sends, reaches the webhook.
  const service = createService('secret', async (request) => {
    const handler = harness.webhookHandlers.find(({ url }) => url === request.url)
    if (!handler) return new Response(null, { status: 404 })
    const body = new Uint8Array(await request.arrayBuffer())
    const answer = await harness.deliver(mentions, { handler, body, headers: Object.fromEntries(request.headers) })
    events.push(...answer.events)
    return new Response(answer.body, { status: answer.status })
  })
  const events: object[] = []
  const harness = await createServerHarness({
    functions: { ...server, settingsChanged, uninstalled },
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.parley.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, events, harness, ...harness }
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

test('with a token it asks for mentions, answers the challenge, and hands on each mention', async () => {
  const { service, functions, harness, events } = await start()
  await functions.settingsChanged({ type: 'settings.changed', scope: 'organization' })
  expect(service.subscription?.url).toBe(harness.webhookHandlers[0]?.url)
  expect(await service.mention('@desk Where is it?', '@desk And now?')).toBe(200)
  expect(events).toEqual([
    { id: '1', channel: 'general', text: '@desk Where is it?' },
    { id: '2', channel: 'general', text: '@desk And now?' },
  ])
  // Saved again, it is the same URL with another secret.
  await functions.settingsChanged({ type: 'settings.changed', scope: 'organization' })
  expect(harness.webhookHandlers).toHaveLength(1)
  expect(await service.mention('@desk Thanks')).toBe(200)
  await functions.uninstalled({ type: 'uninstalled' })
  expect(await service.mention('@desk Hello?')).toBeUndefined()
})

test('takes nothing that Parley did not sign, nor what it signed long ago', async () => {
  const { harness } = await start()
  const body = '{"type":"mentions","messages":[{"id":1,"channel":"general","text":"@desk pay"}]}'
  const sign = (time: string, secret: string) =>
    `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`
  const now = String(Math.floor(Date.now() / 1000))
  const old = String(Number(now) - 3600)
  const deliver = (time: string, signature: string, secret = 's') =>
    harness.deliver(mentions, {
      body,
      handler: { metadata: { secret } },
      headers: { 'X-Parley-Timestamp': time, 'X-Parley-Signature': signature },
    })
  expect(await deliver(now, sign(now, 's'))).toMatchObject({ status: 200, events: [{ id: '1' }] })
  for (const [time, signature] of [
    [now, sign(now, 'forged')],
    [old, sign(old, 's')],
    [now, sign(old, 's')],
    [now, ''],
  ] as const)
    expect(await deliver(time, signature)).toMatchObject({ status: 401, events: [] })
  expect(await deliver(now, sign(now, ''), '')).toMatchObject({ status: 401 })
})
