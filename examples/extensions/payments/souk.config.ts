import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'payments',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  egress: {
    server: [
      {
        host: 'api.tillbox.example',
        purpose: 'Lists payments and refunds them.',
        attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Payments',
    description: 'The payments of a customer beside the ticket, and refunds that ask before they leave.',
    category: 'finance',
  },
})
