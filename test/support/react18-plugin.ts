import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const require18 = createRequire(new URL('../react18/package.json', import.meta.url))

/** Everything resolves React 18, except the extension SDK, which keeps its own React. */
export const react18 = (): Plugin => ({
  name: 'react18',
  enforce: 'pre',
  resolveId(source, importer) {
    if (/^react(?:-dom)?(?:\/|$)/.test(source) && !importer?.includes('/extension-sdk/'))
      return require18.resolve(source)
    // The ESM build goes through this plugin; the CommonJS one would require React by itself.
    if (source === '@testing-library/react')
      return require18.resolve('@testing-library/react').replace(/index\.js$/, '@testing-library/react.esm.js')
    return null
  },
})
