import { defineConnection } from '@souk/extension-sdk'

/** Connected, the shop tells of what happens in it; disconnected, it is silent. The token is in the settings, for the steps as well. */
export default defineConnection({
  type: 'none',
  label: 'Events of the shop',
  description: 'Stallholder tells of changes, and automations can begin with them.',
  scope: 'organization',
})
