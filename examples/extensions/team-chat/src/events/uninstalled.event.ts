import { type AppEventHandler, listWebhookHandlers } from '@souk/extension-sdk/server'
import { ask } from '../ask.server'

/** The platform takes the URL away; Parley need not find out by itself. */
const uninstalled: AppEventHandler = async () => {
  if ((await listWebhookHandlers()).length > 0) await ask('/subscription', { url: null })
}

export default uninstalled
