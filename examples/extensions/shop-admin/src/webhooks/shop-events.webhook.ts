import { verifyTimestampedSignature, type WebhookHandler } from '@souk/extension-sdk/server'

interface ShopEvent {
  readonly id: string
  readonly topic: string
  readonly data: unknown
}

/** Several events come in one delivery, signed with a time. */
const shopEvents: WebhookHandler = async ({ request, handler }) => {
  const { secret } = handler.metadata
  const options = { secret: String(secret ?? ''), header: 'Stallholder-Signature' }
  if (!(await verifyTimestampedSignature(request, options))) return { status: 401 }
  // Signed by the shop, which promises this form.
  const { events } = request.json() as { readonly events: readonly ShopEvent[] }
  return { events: events.map(({ id, topic, data }) => ({ id, topic, data })) }
}

export default shopEvents
