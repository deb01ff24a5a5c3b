import { type App, defineTrigger, Workflow } from '@souk/extension-sdk'
import { settings } from './app.settings'
import { ParcelWidget } from './parcel'
import { pollDelivery } from './track.server'

/** Its own page in the product. */
export { WatchList as App } from './watch-list'

export const app: App = {
  record: { widgets: [{ id: 'parcel', label: 'Parcel', recordTypes: ['ticket'], component: ParcelWidget }] },
  workflow: {
    triggers: [
      defineTrigger({
        id: 'delivered',
        label: 'Parcel delivered',
        category: 'Courier',
        schema: {
          inputs: { code: Workflow.string({ label: 'Parcel number' }) },
          outputs: { code: Workflow.string(), state: Workflow.string() },
        },
        execute: pollDelivery,
        config: { polling: { intervalMinutes: 15 } },
      }),
    ],
  },
  settings,
}
