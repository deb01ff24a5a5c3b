import { Settings } from '@souk/extension-sdk'

/** What an admin fills in once, for everybody. */
export const settings = {
  organization: {
    apiUrl: Settings.string({
      label: 'API URL',
      description: 'Change it only when Northwind gave you another one.',
      default: 'https://orders.northwind.example/v1',
      format: 'url',
      pattern: '^https://orders\\.northwind\\.example(/.*)?$',
      patternMessage: 'Has to start with https://orders.northwind.example.',
    }),
    apiKey: Settings.secret({
      label: 'API key',
      description: 'From your Northwind account, under API access.',
      placeholder: 'nw_live_…',
      minLength: 8,
    }),
    showFirst: Settings.select({
      label: 'Show first',
      description: 'Which orders come first in the list.',
      options: [
        { value: 'newest', label: 'The newest orders' },
        { value: 'largest', label: 'The largest orders' },
      ],
      default: 'newest',
    }),
    showTracking: Settings.boolean({
      label: 'Show tracking numbers',
      description: 'In the details of an order.',
      default: true,
    }),
  },
}
