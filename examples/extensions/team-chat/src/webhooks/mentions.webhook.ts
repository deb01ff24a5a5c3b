import { verifyTimestampedSignature, type WebhookHandler } from '@souk/extension-sdk/server'

type Delivery =
  | { readonly type: 'url_verification'; readonly challenge: string }
  | { readonly type: 'mentions'; readonly messages: readonly { id: number; channel: string; text: string }[] }

const mentions: WebhookHandler = async ({ request, handler }) => {
  const isParley = await verifyTimestampedSignature(request, {
    secret: String(handler.metadata.secret ?? ''),
    header: 'X-Parley-Signature',
    prefix: 'v0=',
    timestampHeader: 'X-Parley-Timestamp',
    payload: 'v0:{timestamp}:{body}',
  })
  if (!isParley) return { status: 401 }
  // Signed by Parley, which promises this form.
  const delivery = request.json() as Delivery
  if (delivery.type === 'url_verification') return { body: delivery.challenge }
  return { events: delivery.messages.map(({ id, channel, text }) => ({ id: String(id), channel, text })) }
}

export default mentions
