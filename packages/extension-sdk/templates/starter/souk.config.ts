import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'my-app',
  scopes: [{ id: 'records:read', purpose: 'Greets the record it is shown beside.' }],
  listing: {
    title: 'My app',
    description:
      'Says hello to a record, and to whoever reads it. A starting point for an extension with a widget, an action, a setting and a server function.',
    category: 'productivity',
    overview: 'Open a record and press the button: the greeting comes from a function on the server.',
  },
})
