import { defineConfig } from '@souk/extension-sdk'

export default defineConfig({
  id: 'starter',
  scopes: [{ id: 'tickets:read', purpose: 'Shows itself beside tickets.' }],
  listing: {
    title: 'Starter',
    description:
      'The smallest extension that is worth something: a note with a greeting beside every ticket, and one setting.',
    category: 'productivity',
  },
})
