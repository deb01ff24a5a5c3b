import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import {
  type ConnectionAddedHandler,
  createWebhookHandler,
  deleteWebhookHandler,
  listWebhookHandlers,
  updateWebhookHandler,
  verifyHmacSignature,
  type WebhookHandler,
} from '../server'
import { createServerHarness } from './server-harness'

const added: ConnectionAddedHandler = async ({ connectionId }) => {
  const handler = await createWebhookHandler({
    fileName: 'src/webhooks/orders.webhook.ts',
    connectionId,
    metadata: { secret: 's' },
  })
  await updateWebhookHandler(handler.id, { externalWebhookId: 'wh_1' })
  return { label: `${(await listWebhookHandlers({ connectionId })).length} webhook` }
}

const orders: WebhookHandler = async ({ request, handler }) => {
  const secret = String(handler.metadata.secret)
  if (!(await verifyHmacSignature(request, { secret, header: 'X-Signature' })))
    return { status: 401, headers: { 'Set-Cookie': 'a=b' }, events: [{ id: 'forged' }] }
  return { events: [{ id: '1', order: request.json() }], body: { at: request.url } }
}

const remove = (id: string) => deleteWebhookHandler(id)

const start = async () => {
  const connection = {
    id: 'c1',
    definition: 'shop',
    type: 'none',
    scope: 'organization',
    label: 'Shop',
    status: 'active',
  }
  const harness = await createServerHarness({
    functions: { added, remove },
    context: { connections: [{ ...connection, variables: {}, expiresAt: null }] },
  })
  onTestFinished(() => harness.close())
  return harness
}

test('an event registers a webhook, and what a service sends to it reaches it as from the platform', async () => {
  const harness = await start()
  const event = { type: 'connection.added', connectionId: 'c1', connection: 'shop' } as const
  expect(await harness.functions.added(event)).toEqual({ label: '1 webhook' })
  await harness.functions.added(event)
  const [handler] = harness.webhookHandlers
  expect(harness.webhookHandlers).toMatchObject([{ fileName: 'orders', connectionId: 'c1', externalWebhookId: 'wh_1' }])
  const body = '{"id":7}'
  const signature = createHmac('sha256', 's').update(body).digest('hex')
  const delivery = { body, handler: handler ?? {}, query: { a: '1' } }
  expect(await harness.deliver(orders, { ...delivery, headers: { 'X-Signature': signature } })).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at: `${handler?.url}?a=1` }),
    events: [{ id: '1', order: { id: 7 } }],
  })
  expect(await harness.deliver(orders, delivery)).toEqual({ status: 401, headers: {}, body: '', events: [] })
  expect(await harness.functions.remove(handler?.id ?? '')).toBe(true)
  expect(harness.webhookHandlers).toEqual([])
})

test('what a webhook throws, or gives in a form that is none, is thrown', async () => {
  const harness = await start()
  await expect(harness.deliver(({ request }) => void request.json(), { body: 'no' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(harness.deliver(() => ({ status: 302 }))).rejects.toMatchObject({ code: 'FUNCTION_FAILED' })
  await expect(
    harness.functions.added({ type: 'connection.added', connectionId: 'of-another', connection: 'shop' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
