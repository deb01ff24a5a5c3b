import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'team-chat',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  egress: {
    server: [
      {
        host: 'api.parley.example',
        purpose: 'Lists channels, posts and reads messages.',
        attach: { setting: 'token', header: 'Authorization', format: 'Bearer {value}' },
      },
    ],
  },
  listing: {
    title: 'Team chat',
    description:
      'Posts to the channels of Parley, your team chat: from a ticket, from a call, and from automations, which new messages can start as well.',
    category: 'communication',
  },
})
