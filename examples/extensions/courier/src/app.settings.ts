import { Settings } from '@souk/extension-sdk'

export const settings = {
  organization: {
    token: Settings.secret({ label: 'Client secret' }),
    refreshSeconds: Settings.number({ label: 'Ask again every, in seconds', default: 30, min: 1, max: 600 }),
  },
}
