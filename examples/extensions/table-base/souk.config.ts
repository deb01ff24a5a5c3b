import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'table-base',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  egress: {
    server: [
      {
        host: 'api.gridwork.example',
        purpose: 'Lists bases and tables and adds rows.',
        attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Table base',
    description:
      'Adds rows to the tables of your Gridwork bases from a ticket. Choose the base, then the table, then fill in its fields.',
    category: 'data',
  },
})
