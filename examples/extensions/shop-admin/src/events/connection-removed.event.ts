import {
  type ConnectionRemovedHandler,
  deleteWebhookHandler,
  listWebhookHandlers,
  NotFoundError,
} from '@souk/extension-sdk/server'
import { ask } from '../ask.server'

/** Takes back what `connection-added` left at the shop. */
const removed: ConnectionRemovedHandler = async ({ connectionId }) => {
  for (const { id, metadata } of await listWebhookHandlers({ connectionId })) {
    const { webhookIds } = metadata
    for (const webhookId of Array.isArray(webhookIds) ? webhookIds : []) {
      await ask('/webhook/remove', { id: webhookId }).catch((error: unknown) => {
        // Somebody removed it in the shop.
        if (!(error instanceof NotFoundError)) throw error
      })
    }
    await deleteWebhookHandler(id)
  }
}

export default removed
