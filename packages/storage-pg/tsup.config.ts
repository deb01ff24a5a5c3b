import { defineConfig, type Options } from 'tsup'

const compilerOptions = {
  composite: false,
  ignoreDeprecations: '6.0',
  // Read from source, so that the declarations do not depend on what was built before. The import stays an import: see `external`.
  paths: {
    '@souk/extension-sdk/protocol': ['../extension-sdk/src/protocol/index.ts'],
    '@souk/server-adapter/storage': ['../server-adapter/src/storage/index.ts'],
  },
}

const common: Options = {
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  external: ['@souk/server-adapter/storage', '@electric-sql/pglite', 'pg'],
}

export default defineConfig([
  { ...common, entry: { cli: 'src/cli/main.ts' }, format: ['esm'] },
  {
    ...common,
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    // Both are built at once: neither removes what the other made.
    clean: ['!cli.*'],
    // Declarations take most of the time of a build. A start from source can do without.
    dts: process.env.SOUK_BUILD_JS === '1' ? false : { compilerOptions },
  },
])
