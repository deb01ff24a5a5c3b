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
    description:
      'The payments of a customer beside the ticket, with what was given back, and refunds that are prefilled and ask before they leave.',
    category: 'finance',
    overview:
      'See what a customer paid and what was given back, and refund a payment without leaving the ticket. A refund is prefilled, asks before it leaves, and is paid once however often it is sent.',
    contentConfigure: 'Enter an API token of Tillbox in the settings.',
    tags: ['payments'],
    supportUrl: 'https://fernhill.example/apps/payments',
  },
})
