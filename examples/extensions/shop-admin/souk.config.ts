import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'shop-admin',
  scopes: [{ id: 'tickets:read', purpose: 'Runs in automations of tickets.' }],
  egress: {
    server: [
      {
        host: 'api.stallholder.example',
        purpose: 'Reads and changes what is in your shop.',
        attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Shop admin',
    description:
      'Reads and writes the twelve kinds of things that a Stallholder shop consists of, as steps of your automations.',
    category: 'commerce',
    overview:
      'One step for automations that reads, creates, changes and removes products, orders, gift cards and nine more kinds of things of a shop, with 504 fields of which you see those that fit.',
    contentConfigure: 'Enter an API token of Stallholder in the settings.',
    tags: ['shop', 'automation'],
    supportUrl: 'https://fernhill.example/apps/shop-admin',
  },
})
