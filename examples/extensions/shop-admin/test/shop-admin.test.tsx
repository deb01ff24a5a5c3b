import { createRenderer, createServerHarness } from '@souk/extension-sdk/testing'
import { http } from 'msw'
import { expect, onTestFinished, test } from 'vitest'
import { createService, type ServiceOptions } from '../fake/service'
import config from '../souk.config'
import { shopStep } from '../src/app'
import added from '../src/events/connection-added.event'
import removed from '../src/events/connection-removed.event'
import { fieldsOf, RESOURCES } from '../src/resources'
import * as server from '../src/run.server'
import { TOPICS } from '../src/topics'
import shopEvents from '../src/webhooks/shop-events.webhook'

const CONNECTION = { id: 'c1', definition: 'shop-events', type: 'none', scope: 'organization', label: 'Events' }

const start = async (options: ServiceOptions = {}) => {
  // What the shop sends, reaches the webhook.
  const service = createService('secret', {
    async send(request) {
      const handler = harness.webhookHandlers.find(({ url }) => url === request.url)
      if (!handler) return new Response(null, { status: 404 })
      const body = new Uint8Array(await request.arrayBuffer())
      const answer = await harness.deliver(shopEvents, { handler, body, headers: Object.fromEntries(request.headers) })
      events.push(...answer.events)
      return new Response(answer.body, { status: answer.status })
    },
    ...options,
  })
  const events: object[] = []
  const harness = await createServerHarness({
    functions: { ...server, added, removed },
    context: { connections: [{ ...CONNECTION, status: 'active', variables: {}, expiresAt: null }] },
    config,
    secrets: { token: 'secret' },
    egress: [http.all('https://api.stallholder.example/*', ({ request }) => service.fetch(request))],
  })
  onTestFinished(() => harness.close())
  return { service, events, harness, ...harness }
}

test('500 fields of 12 resources: a panel shows those that fit, and typing keeps the focus', async () => {
  expect(RESOURCES.flatMap(fieldsOf).length).toBeGreaterThanOrEqual(500)
  const { service, functions } = await start()
  const view = await createRenderer(shopStep, { serverFunctions: { 'src/run.server.ts#default': functions.default } })
  expect(view.queryByLabelText('Title')).toBeNull()
  await view.user.selectOptions(await view.findByLabelText('Resource'), 'Gift card')
  await view.user.selectOptions(view.getByLabelText('Operation'), 'create')
  const title = await view.findByLabelText('Title')
  await view.user.type(title, 'For a friend')
  expect(document.activeElement).toBe(title)
  expect(view.queryByLabelText('Street')).toBeNull()
  await view.user.click(view.getByLabelText('Express'))
  await view.user.type(await view.findByLabelText('Street'), 'Mill Lane')
  const values = view.values()
  expect(values).toEqual({
    resource: 'Gift card',
    operation: 'create',
    gift_card_title: 'For a friend',
    gift_card_express: true,
    gift_card_street: 'Mill Lane',
  })
  // What was filled in for another resource stays here.
  expect(await view.run({ ...values, order_title: 'x' })).toEqual({ id: 'gift-card-1' })
  expect([...service.things.values()]).toEqual([{ title: 'For a friend', express: true, street: 'Mill Lane' }])
  await view.unmount()
})

test.each([
  [{}, { fields: { resource: expect.any(String) } }],
  [{ resource: 'Product', operation: 'explode' }, { fields: { operation: expect.any(String) } }],
  [{ resource: 'Product', operation: 'create' }, { fields: { product_title: 'A product needs a title.' } }],
])('refuses %j at its field', async (input, expected) => {
  const { functions } = await start()
  await expect(functions.default(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', ...expected })
})

const about = { connectionId: 'c1', connection: 'shop-events' }

test('connected, it registers a webhook for each topic, tolerates what the shop refuses, and takes all of it back', async () => {
  expect(TOPICS).toHaveLength(22)
  const { service, functions, harness, events } = await start({
    refusedTopics: ['gift-card.created', 'refund.updated'],
  })
  expect(await functions.added({ type: 'connection.added', ...about })).toEqual({
    label: 'Northwind Outdoors, 20 of 22 events',
  })
  expect(service.webhooks.size).toBe(20)
  expect(harness.webhookHandlers).toMatchObject([
    { fileName: 'shop-events', triggerId: 'shop-event', connectionId: 'c1' },
  ])
  expect(await service.tell('order.created', [{ total: 10 }, { total: 20 }])).toEqual([200])
  expect(await service.tell('gift-card.created', [{}])).toEqual([])
  expect(events).toEqual([
    { id: 'event-1', topic: 'order.created', data: { total: 10 } },
    { id: 'event-2', topic: 'order.created', data: { total: 20 } },
  ])
  // One of them was removed in the shop.
  service.webhooks.delete([...service.webhooks.keys()][0] ?? '')
  await functions.removed({ type: 'connection.removed', ...about })
  expect(service.webhooks.size).toBe(0)
  expect(harness.webhookHandlers).toEqual([])
})

test.each([
  ['nothing', undefined],
  ['another secret', 'forged'],
  ['the secret that everybody knows', ''],
])('takes no event that is signed with %s', async (_, secret) => {
  const { service, functions, events } = await start()
  await functions.added({ type: 'connection.added', ...about })
  for (const [id, webhook] of service.webhooks) service.webhooks.set(id, { ...webhook, secret: secret ?? 'undefined' })
  expect(await service.tell('order.created', [{}])).toEqual([401])
  expect(events).toEqual([])
})
