import { type AppEventHandler, createWebhookHandler } from '@souk/extension-sdk/server'
import { ask } from '../ask.server'

/** With a token, Parley is asked to tell when somebody mentions the desk. It tries the URL before it answers. */
const settingsChanged: AppEventHandler = async () => {
  const secret = crypto.randomUUID() + crypto.randomUUID()
  const { url } = await createWebhookHandler({
    fileName: 'mentions.webhook.ts',
    triggerId: 'mention',
    metadata: { secret },
  })
  await ask('/subscription', { url, secret })
}

export default settingsChanged
