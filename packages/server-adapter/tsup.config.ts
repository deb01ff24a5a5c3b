import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    storage: 'src/storage/index.ts',
    runtime: 'src/runtime/index.ts',
    sandbox: 'src/sandbox/index.ts',
    testing: 'src/testing/index.ts',
    node: 'src/adapters/node.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  clean: true,
  // The protocol is inlined, code and types: a product that installs the server never installs the SDK and its React.
  noExternal: [/^@souk\/extension-sdk/],
  dts:
    process.env.SOUK_BUILD_JS === '1'
      ? false
      : { resolve: [/^@souk\/extension-sdk/], compilerOptions: { composite: false, ignoreDeprecations: '6.0' } },
})
