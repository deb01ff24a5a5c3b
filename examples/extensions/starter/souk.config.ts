import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'starter',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  listing: {
    title: 'Starter',
    description:
      'The smallest extension that is worth something: a note with a greeting beside every ticket, and one setting.',
    category: 'productivity',
    overview:
      'Greets whoever presses its button, with the signature of your desk. It is here to be copied: one widget, one server function, one setting.',
    contentConfigure: 'Set your signature in the settings.',
    tags: ['example'],
    supportUrl: 'https://fernhill.example/apps/starter',
  },
})
