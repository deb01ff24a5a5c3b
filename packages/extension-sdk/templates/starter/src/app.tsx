import { type App, Settings } from '@souk/extension-sdk'
import { showToast } from '@souk/extension-sdk/client'
import { Greeting } from './greeting'

export const settings = {
  organization: { greeting: Settings.string({ label: 'Greeting', default: 'Hello' }) },
}

export const app: App = {
  settings,
  record: {
    widgets: [{ id: 'greeting', label: 'Greeting', component: Greeting }],
    actions: [
      {
        id: 'say-hello',
        label: 'Say hello',
        onTrigger: ({ recordId }) => showToast({ title: `Hello, ${recordId}` }),
      },
    ],
  },
}
