import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  external: ['@souk/server-adapter/storage', '@electric-sql/pglite'],
  // TypeScript 6 deprecates an option that tsup sets itself.
  dts: process.env.SOUK_BUILD_JS === '1' ? false : { compilerOptions: { composite: false, ignoreDeprecations: '6.0' } },
  clean: true,
  sourcemap: true,
  target: 'es2022',
})
