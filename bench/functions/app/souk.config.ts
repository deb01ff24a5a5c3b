import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'bench-functions',
  scopes: [],
  egress: { server: [] },
  listing: {
    title: 'Bench functions',
    description: 'Server functions that check an order, and one that never ends: what the runtime is measured with.',
    category: 'other',
    overview: 'Made for the benchmark of server functions. It is never published.',
  },
})
