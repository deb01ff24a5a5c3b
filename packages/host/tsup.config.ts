import { copyFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import { slimErrorCodes } from '../extension-sdk/scripts/slim-protocol'

/** The protocol is part of this package, in JavaScript and in types, so that a product never installs the extension SDK. */
const inlined = /^@souk\/extension-sdk(?:\/|$)/

const compilerOptions = {
  composite: false,
  ignoreDeprecations: '6.0',
  // What inlines the protocol's types. `dts.resolve` cannot read `exports` and silently leaves an import, which is `any` for a product.
  paths: { '@souk/extension-sdk/protocol': ['../extension-sdk/src/protocol/index.ts'] },
}

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    components: 'src/components/index.ts',
    developer: 'src/developer/index.ts',
    devtools: 'src/devtools/index.ts',
    marketplace: 'src/marketplace/index.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'browser',
  splitting: true,
  sourcemap: true,
  clean: true,
  noExternal: [inlined],
  esbuildPlugins: [slimErrorCodes()],
  // Declarations take most of the time of a build. A start from source can do without.
  dts: process.env.SOUK_BUILD_JS === '1' ? false : { compilerOptions },
  async onSuccess() {
    await copyFile('src/styles.css', 'dist/styles.css')
    await copyFile('src/devtools/devtools.css', 'dist/devtools.css')
  },
})
