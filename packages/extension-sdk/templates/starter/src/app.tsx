import { type App, type RecordAction, type RecordWidget, Settings } from '@souk/extension-sdk'
import { showToast } from '@souk/extension-sdk/client'
import { Greeting } from './greeting'

export const settings = {
  organization: { greeting: Settings.string({ label: 'Greeting', default: 'Hello' }) },
}

export const greetingWidget: RecordWidget = { id: 'greeting', label: 'Greeting', component: Greeting }

export const sayHello: RecordAction = {
  id: 'say-hello',
  label: 'Say hello',
  onTrigger: ({ recordId }) => showToast({ title: `Hello, ${recordId}` }),
}

export const app: App = {
  settings,
  record: { widgets: [greetingWidget], actions: [sayHello] },
}
