import { transform } from 'esbuild'
import type { Plugin } from 'rollup'
import { appEntry } from './app-entry'
import { fastRefresh } from './fast-refresh'
import { type Bundle, bundle } from './rollup-bundle'
import { serverSplit } from './server-split'

const EXTENSION = 'souk_extension'

export interface ClientBundle extends Bundle {
  /** Ids of the server functions that the bundle can call. */
  readonly callable: readonly string[]
}

/** Spaces and dead code go; names stay, so that a stack in a log can be read without the source map. */
const minify = (): Plugin => ({
  name: 'souk:minify',
  async renderChunk(code) {
    return transform(code, {
      sourcemap: 'external',
      target: 'es2022',
      charset: 'utf8',
      minifyWhitespace: true,
      minifySyntax: true,
      legalComments: 'inline',
    })
  },
})

export interface ClientOptions {
  /** For the development runtime: with what React's warnings and Fast Refresh need, and not minified. */
  readonly development?: boolean
  /** Development only. Default true. */
  readonly strictMode?: boolean
}

export interface ClientContent extends ClientOptions {
  /** The app has quick actions, so the bundle brings the form they are filled in with. */
  readonly withQuickActions?: boolean
}

/** `client.js`: a script for a worker in which the runtime is there already, as the global `SoukRuntime`. */
export const bundleClient = async (
  cwd: string,
  appFile: string,
  { development = false, strictMode = true, withQuickActions = false }: ClientContent = {},
): Promise<ClientBundle> => {
  const options = development && !strictMode ? ', { strictMode: false }' : ''
  const callable: string[] = []
  const result = await bundle({
    cwd,
    target: 'client',
    development,
    entry: [
      appEntry(appFile),
      ...(withQuickActions ? ["export { runQuickAction } from '@souk/extension-sdk/client'"] : []),
    ].join('\n'),
    plugins: [
      serverSplit({ cwd, onCallable: (ids) => callable.push(...ids) }),
      development ? fastRefresh(cwd) : minify(),
    ],
    output: {
      file: 'client.js',
      format: 'iife',
      name: EXTENSION,
      exports: 'named',
      esModule: false,
      freeze: false,
      globals: (id) => `SoukRuntime.modules[${JSON.stringify(id)}]`,
      footer: `SoukRuntime.start(${EXTENSION}${options});`,
    },
  })
  return { ...result, callable }
}
