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
  },
})
