import type { App } from '@souk/extension-sdk'

export const app: App = {}
