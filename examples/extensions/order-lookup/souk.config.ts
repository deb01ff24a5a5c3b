import { defineConfig } from '@souk/extension-sdk'
import icon from './src/assets/icon.png'

export default defineConfig({
  id: 'order-lookup',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself on tickets and remembers what you searched on each of them.' }],
  egress: {
    server: [
      {
        host: 'orders.northwind.example',
        purpose: 'Finds orders and creates refunds in your Northwind account.',
        // The key is added on the way out: no code of this extension ever holds it.
        attach: { setting: 'apiKey', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Order Lookup',
    description:
      'Find a customer’s Northwind orders without leaving the ticket: status, items, tracking and totals at a glance, and refunds in two clicks.',
    category: 'commerce',
    avatarUrl: icon,
    overview:
      'Most tickets are about an order. Order Lookup puts your Northwind orders beside the conversation, so that agents ' +
      'answer “where is my parcel?” in seconds and give money back without switching tools.',
    contentHowItWorks:
      'Open a ticket and type an e-mail address, a name or an order number into the Order lookup panel. Open an order to ' +
      'see its items and tracking number. Choose “Refund an order” in the ticket’s menu to give back all or part of it.',
    contentConfigure:
      'An admin enters the API key of your Northwind account, which you find under Account, API access. The key is stored ' +
      'encrypted, and only requests to orders.northwind.example carry it.',
    websiteUrl: 'https://northwind.example',
    documentationUrl: 'https://northwind.example/help/order-lookup',
    supportUrl: 'https://northwind.example/support',
    termsUrl: 'https://northwind.example/terms',
  },
})
