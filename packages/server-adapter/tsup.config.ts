import { defineConfig } from 'tsup'

const compilerOptions = {
  composite: false,
  ignoreDeprecations: '6.0',
  // What inlines the protocol's types. `dts.resolve` cannot read `exports` and silently leaves an import, which is `any` for a product.
  paths: { '@souk/extension-sdk/protocol': ['../extension-sdk/src/protocol/index.ts'] },
}

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    storage: 'src/storage/index.ts',
    runtime: 'src/runtime/index.ts',
    'functions-worker': 'src/runtime/remote/main.ts',
    sandbox: 'src/sandbox/index.ts',
    testing: 'src/testing/index.ts',
    node: 'src/adapters/node.ts',
    express: 'src/adapters/express.ts',
    fastify: 'src/adapters/fastify.ts',
    hono: 'src/adapters/hono.ts',
    koa: 'src/adapters/koa.ts',
    next: 'src/adapters/next.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'node',
  sourcemap: true,
  clean: true,
  // The process runtime finds Deno from where it is installed, in CommonJS too.
  shims: true,
  // The protocol is inlined, code and types: a product that installs the server never installs the SDK and its React.
  noExternal: [/^@souk\/extension-sdk/],
  // Declarations take most of the time of a build. A start from source can do without.
  dts: process.env.SOUK_BUILD_JS === '1' ? false : { compilerOptions },
})
