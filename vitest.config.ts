import { join } from 'node:path'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { tsImport } from 'tsx/esm/api'
import type { Plugin } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { resolveChromium } from './scripts/chromium.mjs'
import { react18 } from './test/support/react18-plugin.ts'

// From source, so that it needs no build; Node alone does not resolve its imports.
const { serverProxies }: { serverProxies: () => Plugin } = await tsImport(
  './packages/extension-sdk/src/build/server-proxies.ts',
  import.meta.url,
)

const { executablePath, env, args, isPinned } = await resolveChromium()

const browser = (contextOptions = {}) => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: { executablePath, env, args }, contextOptions }),
  instances: [{ browser: 'chromium' as const }],
})

const resolve = { tsconfigPaths: true }
/** What is waited for may be slow on a busy machine; what never comes still fails. */
const patient = { poll: { timeout: 20_000 } }
/**
 * `isolate: false` where it stands: files share the modules they have loaded, which halves the time. What a file changes outside of itself
 * (timers, globals, the document) it puts back.
 */
const exclude = [...configDefaults.exclude, '**/*.pg.test.*', '**/*.browser.test.*', '**/*.e2e.test.*']
const hostTests = [
  'packages/host/src/**/*.test.{ts,tsx}',
  'test/bridge/**/*.dom.test.tsx',
  'examples/**/*.dom.test.tsx',
]

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'node',
          isolate: false,
          expect: patient,
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          setupFiles: ['test/support/queries-setup.ts'],
          include: [
            'packages/{extension-sdk,server-adapter,storage-pg,playground}/{src,test}/**/*.test.{ts,tsx}',
            'examples/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: [...exclude, 'test/consumer/**'],
          typecheck: { enabled: false },
        },
      },
      {
        resolve,
        // Client code of an extension calls its server functions over the bridge, as in a bundle.
        plugins: [serverProxies()],
        test: {
          name: 'extensions',
          isolate: false,
          expect: patient,
          environment: 'jsdom',
          testTimeout: 60_000,
          setupFiles: ['test/support/queries-setup.ts'],
          include: ['examples/extensions/*/test/**/*.test.tsx'],
          exclude,
        },
      },
      {
        resolve,
        plugins: [react()],
        test: {
          name: 'dom',
          isolate: false,
          expect: patient,
          environment: 'jsdom',
          testTimeout: 60_000,
          setupFiles: ['test/support/dom-setup.ts'],
          include: hostTests,
          exclude,
        },
      },
      {
        resolve,
        plugins: [react18()],
        test: {
          name: 'react18',
          isolate: false,
          expect: patient,
          environment: 'jsdom',
          testTimeout: 60_000,
          setupFiles: ['test/support/dom-setup.ts'],
          include: hostTests,
          // Mantine of today needs React 19.
          exclude: [...exclude, 'examples/mantine/**'],
          server: {
            deps: { inline: [/@testing-library\/react/, /react-aria/, /react-stately/, /@react-/, /@tanstack/] },
          },
        },
      },
      {
        resolve,
        test: {
          name: 'pg',
          expect: patient,
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          include: ['packages/**/*.pg.test.ts', 'bench/**/*.pg.test.ts'],
          globalSetup: ['test/support/postgres-global-setup.ts'],
        },
      },
      {
        resolve,
        plugins: [react()],
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            'comlink',
            'react-aria-components',
            'react-reconciler',
            'react-reconciler/constants.js',
            '@testing-library/react',
            '@testing-library/jest-dom/vitest',
          ],
        },
        test: {
          name: 'browser',
          expect: patient,
          setupFiles: ['test/support/dom-setup.ts'],
          include: ['packages/**/*.browser.test.{ts,tsx}', 'test/bridge/**/*.browser.test.tsx'],
          browser: browser(),
        },
      },
      {
        resolve,
        plugins: [storybookTest({ configDir: '.storybook' })],
        // One page for all of them, as in Storybook itself: to start the preview anew for each file takes longer than the stories.
        test: {
          name: 'storybook',
          isolate: false,
          testTimeout: 180_000,
          // Pictures are taken in one.
          hookTimeout: 180_000,
          setupFiles: isPinned ? ['.storybook/pictures/compare-pictures.ts'] : [],
          browser: {
            // A page that is higher than the window would be made smaller to fit.
            ...browser({ viewport: { width: 1280, height: 2400 } }),
            expect: {
              toMatchScreenshot: {
                resolveScreenshotPath: ({ root, arg, ext }) =>
                  join(root, '.storybook/pictures/references', `${arg}${ext}`),
                // Seen differences are many pixels of another colour; a font that is smoothed otherwise is few, and pale.
                comparatorOptions: { threshold: 0.05, allowedMismatchedPixelRatio: 0.0002 },
                timeout: 20_000,
              },
            },
          },
        },
      },
      {
        test: {
          name: 'e2e',
          expect: patient,
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 300_000,
          include: ['examples/**/*.e2e.test.ts', 'test/*.e2e.test.ts'],
          exclude: [...configDefaults.exclude, 'examples/helpdesk/test/walk/**'],
          fileParallelism: false,
        },
      },
      {
        // The attack suite is one test that takes minutes.
        test: {
          name: 'cage',
          environment: 'node',
          // As in `npm run test:cage`: what Vite builds for `test` is half of a development build.
          env: { NODE_ENV: 'production' },
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
          include: ['test/cage/**/*.e2e.test.ts'],
        },
      },
      {
        // The benchmarks' quick runs, the abuse suite and the large packages take a machine for themselves: `npm run test:long`.
        resolve,
        test: {
          name: 'long',
          environment: 'node',
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
          include: [
            'bench/**/*.e2e.test.ts',
            'test/{abuse,packages}/**/*.e2e.test.ts',
            'examples/helpdesk/test/walk/**/*.e2e.test.ts',
          ],
          fileParallelism: false,
        },
      },
    ],
  },
})
