import type { App } from '@souk/extension-sdk'
import { AddRow } from './add-row'
import { settings } from './app.settings'

export const app: App = {
  record: { widgets: [{ id: 'add-row', label: 'Add a row', recordTypes: ['ticket'], component: AddRow }] },
  settings,
}
