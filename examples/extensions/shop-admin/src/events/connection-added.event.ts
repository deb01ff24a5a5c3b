import {
  type ConnectionAddedHandler,
  createWebhookHandler,
  InsufficientPermissionsError,
  updateWebhookHandler,
} from '@souk/extension-sdk/server'
import { ask } from '../ask.server'
import { TOPICS } from '../topics'

/** One webhook at the shop for each topic, and one URL for all of them. */
const added: ConnectionAddedHandler = async ({ connectionId }) => {
  const secret = crypto.randomUUID() + crypto.randomUUID()
  const place = { fileName: 'shop-events.webhook.ts', triggerId: 'shop-event', connectionId }
  // Before the shop knows the URL, since it may send at once.
  const { id, url } = await createWebhookHandler({ ...place, metadata: { secret, webhookIds: [] } })
  const webhookIds: string[] = []
  for (const topic of TOPICS) {
    try {
      webhookIds.push((await ask<{ id: string }>('/webhook/create', { topic, url, secret })).id)
    } catch (error) {
      // A topic that the plan of the shop does not have: the others are worth having.
      if (!(error instanceof InsufficientPermissionsError)) throw error
    }
  }
  await updateWebhookHandler(id, { metadata: { secret, webhookIds } })
  const { name } = await ask<{ name: string }>('/shop')
  return { label: `${name}, ${webhookIds.length} of ${TOPICS.length} events` }
}

export default added
