import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'bench-table',
  scopes: [],
  egress: { server: [] },
  listing: {
    title: 'Bench table',
    description: 'A keyed table of a thousand rows, a counter and text fields: what the bridge is measured with.',
    category: 'other',
    overview: 'Made for the benchmark of the bridge. It is never published.',
  },
})
