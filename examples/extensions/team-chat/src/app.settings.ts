import { Settings } from '@souk/extension-sdk'

export const settings = { organization: { token: Settings.secret({ label: 'API token' }) } }
