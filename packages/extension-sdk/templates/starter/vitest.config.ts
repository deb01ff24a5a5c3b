import { serverProxies } from '@souk/extension-sdk/build'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Client code gets proxies of its server functions, as in a bundle; a test says what they answer.
  plugins: [serverProxies()],
  test: { environment: 'jsdom', include: ['test/**/*.test.{ts,tsx}'] },
})
