import { transform } from 'esbuild'
import type { Plugin } from 'rollup'
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

/** `client.js`: a script for a worker in which the runtime is there already, as the global `SoukRuntime`. */
export const bundleClient = async (cwd: string, appFile: string): Promise<ClientBundle> => {
  const callable: string[] = []
  const result = await bundle({
    cwd,
    target: 'client',
    entry: `export { app } from ${JSON.stringify(appFile)}`,
    plugins: [serverSplit({ cwd, onCallable: (ids) => callable.push(...ids) }), minify()],
    output: {
      file: 'client.js',
      format: 'iife',
      name: EXTENSION,
      exports: 'named',
      esModule: false,
      freeze: false,
      globals: (id) => `SoukRuntime.modules[${JSON.stringify(id)}]`,
      footer: `SoukRuntime.start(${EXTENSION});`,
    },
  })
  return { ...result, callable }
}
