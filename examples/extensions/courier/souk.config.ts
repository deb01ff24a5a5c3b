import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'courier',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  egress: {
    server: [
      {
        host: 'api.swiftpost.example',
        purpose: 'Asks where parcels are.',
        attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Courier',
    description:
      'Where the parcel of a ticket is, kept up to date while you look at it, and a step that waits for its delivery.',
    category: 'logistics',
    overview:
      'Customers ask where their parcel is. Enter its number beside the ticket and watch it come closer; an automation can wait for its delivery.',
    contentConfigure: 'Enter the client secret of Swiftpost in the settings, and how often to ask.',
    tags: ['parcels', 'automation'],
    supportUrl: 'https://fernhill.example/apps/courier',
  },
})
