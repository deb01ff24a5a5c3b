import { rmSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'
import { checkFrame } from './scripts/check-frame'
import { slimProtocol, slimRelay } from './scripts/slim-protocol'
import { specialiseReconciler } from './scripts/specialise-reconciler'

// Declarations take most of the time of a build. A start from source can do without.
const isQuick = process.env.SOUK_BUILD_JS === '1'
const dts = isQuick ? false : { compilerOptions: { composite: false, ignoreDeprecations: '6.0' } }

// Once for all entries: with `clean`, the parts below would delete one another's output.
if (!isQuick) rmSync('dist', { recursive: true, force: true })

const modules: Options = { format: ['esm'], target: 'es2022', sourcemap: true, dts, external: ['react'] }

/** What the frame loads: one script each, everything inside, React included. */
const frame: Options = {
  outDir: 'dist/frame',
  format: ['iife'],
  target: 'es2022',
  platform: 'browser',
  minify: true,
  splitting: false,
  noExternal: [/.*/],
  esbuildPlugins: [specialiseReconciler(), slimProtocol()],
  define: { 'process.env.NODE_ENV': '"production"' },
  outExtension: () => ({ js: '.js' }),
  // The notices of the licences, once instead of once for each of their files.
  esbuildOptions: (options) => {
    options.legalComments = 'none'
  },
  banner: {
    js: '/*! Souk, MIT. worker.js contains React (MIT, Copyright Meta Platforms, Inc. and affiliates) and Comlink (Apache-2.0, Copyright 2019 Google LLC). */',
  },
  onSuccess: () => checkFrame('dist/frame', ['worker.js']),
}

/** The worker of development deployments. Nobody waits for it on a phone, and its names are what warnings and stacks show. */
const developmentFrame: Options = {
  ...frame,
  entry: { 'worker.development': 'src/runtime/worker.development.ts' },
  minify: false,
  esbuildPlugins: [slimProtocol()],
  define: { 'process.env.NODE_ENV': '"development"' },
  esbuildOptions: (options) => {
    options.legalComments = 'none'
    options.minifyWhitespace = true
    options.minifySyntax = true
  },
  banner: {
    js: '/*! Souk, MIT. Contains React and react-refresh (MIT, Copyright Meta Platforms, Inc. and affiliates) and Comlink (Apache-2.0, Copyright 2019 Google LLC). */',
  },
  onSuccess: () => checkFrame('dist/frame', ['worker.development.js']),
}

export default defineConfig([
  {
    ...modules,
    entry: {
      index: 'src/index.ts',
      protocol: 'src/protocol/index.ts',
      client: 'src/client/index.ts',
      fields: 'src/fields/index.ts',
      // Not exported: the build bundles it with an app, to ask the app what it consists of.
      'describe-app': 'src/app/describe-app.ts',
    },
    platform: 'browser',
  },
  {
    // Not exported: what the build puts into server bundles for modules of Node.
    ...modules,
    dts: false,
    entry: { 'node-os': 'src/node/os.ts', 'node-http': 'src/node/http.ts', 'node-https': 'src/node/https.ts' },
    platform: 'node',
    splitting: false,
    removeNodeProtocol: false,
  },
  {
    // Not exported: what the build puts into client bundles for the names of the SDK.
    ...modules,
    dts: false,
    entry: { 'for-bundles': 'src/for-bundles.ts', 'client-for-bundles': 'src/client/for-bundles.ts' },
    external: ['react', '@souk/extension-sdk', '@souk/extension-sdk/client'],
    platform: 'browser',
  },
  {
    ...modules,
    entry: {
      server: 'src/server/index.ts',
      // Beside the server, whose errors it extends.
      shared: 'src/shared/index.ts',
      tools: 'src/tools/index.ts',
      build: 'src/build/index.ts',
      eslint: 'src/eslint/index.ts',
      cli: 'src/cli/main.ts',
      testing: 'src/testing/index.ts',
    },
    platform: 'node',
    target: 'node20',
    external: ['react', 'react-dom', 'msw', /^@testing-library/],
  },
  {
    ...frame,
    entry: { boot: 'src/runtime/boot.ts', probe: 'src/runtime/probe.ts' },
    esbuildPlugins: [slimRelay()],
    banner: { js: '/*! Souk, MIT. */' },
    onSuccess: () => checkFrame('dist/frame', ['boot.js', 'probe.js']),
  },
  { ...frame, entry: { worker: 'src/runtime/worker.ts' } },
  developmentFrame,
])
