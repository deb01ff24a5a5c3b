import { copyFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'

/** The protocol is part of this package, in JavaScript and in types, so that a product never installs the extension SDK. */
const inlined = /^@souk\/extension-sdk(?:\/|$)/

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    components: 'src/components/index.ts',
    marketplace: 'src/marketplace/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'browser',
  splitting: true,
  sourcemap: true,
  clean: true,
  noExternal: [inlined],
  dts: process.env.SOUK_BUILD_JS
    ? false
    : { resolve: [inlined], compilerOptions: { composite: false, ignoreDeprecations: '6.0' } },
  onSuccess: () => copyFile('src/styles.css', 'dist/styles.css'),
})
