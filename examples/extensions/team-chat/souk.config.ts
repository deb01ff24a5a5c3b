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
    overview:
      'Support and the rest of the company see the same thing at the same time. Share a ticket, a passage of a call or a whole selection of tickets with a channel, let automations post, and let a message start one.',
    contentConfigure: 'Enter an API token of Parley in the settings.',
    tags: ['chat', 'automation'],
    supportUrl: 'https://fernhill.example/apps/team-chat',
  },
})
