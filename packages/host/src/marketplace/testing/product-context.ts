import type { HostContext } from '@souk/extension-sdk/protocol'

/** What the product of the tests says of itself: Ada of Northwind is signed in. */
export const productContext: HostContext = {
  theme: 'light',
  locale: 'en-GB',
  timeZone: 'Europe/Berlin',
  user: { id: 'ada' },
  organization: { id: 'northwind', name: 'Northwind' },
}
