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
    overview:
      'What you learn in a conversation often belongs into a table. Choose a base, then one of its tables, and its own fields are asked for.',
    contentConfigure: 'Enter an API token of Gridwork in the settings.',
    tags: ['tables'],
    supportUrl: 'https://fernhill.example/apps/table-base',
  },
})
