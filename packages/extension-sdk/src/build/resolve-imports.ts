import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rollup'
import { buildError } from './build-error'
import { placeOfText } from './find-text-place'
import {
  bundledModulePath,
  isNodeStandIn,
  isSdkModule,
  nodeStandInPath,
  RUNTIME_MODULES,
  type SdkModule,
  sdkModulePath,
} from './sdk-modules'
import { filePathOf } from './server-module'

/** `contract`: a product's own module, which may import the host and so React DOM. It is only asked for its contract. */
export type Target = 'client' | 'server' | 'extract' | 'contract'

const isReact = (source: string) => source === 'react' || source.startsWith('react/')

/** Names the SDK has, but not on this side. */
const FORBIDDEN: Readonly<Record<Target, Readonly<Partial<Record<SdkModule, string>>>>> = {
  client: {
    '@souk/extension-sdk/server': 'It exists in *.server.ts files only. Move the code that needs it into one.',
    '@souk/extension-sdk/tools': 'Tools run on the server alone. Define each in a file that is named *.tool.ts.',
  },
  server: {
    '@souk/extension-sdk/client': 'It draws in the browser and cannot run in a server function. Return data instead.',
  },
  extract: {},
  contract: {},
}

/** What bare imports mean on each side: the SDK's own names, React, and the built-in modules of Node. */
export const resolveImports = (cwd: string, target: Target): Plugin => ({
  name: 'souk:resolve-imports',
  resolveId: {
    order: 'pre',
    async handler(source, importer) {
      const fail = (reason: string) => {
        throw buildError(cwd, 'BUILD_FAILED', importer ? placeOfText(importer, source) : undefined, reason)
      }
      if (isSdkModule(source)) {
        const fix = FORBIDDEN[target][source]
        if (fix && importer) fail(`'${source}' cannot be imported here. ${fix}`)
        if (target !== 'client' || !RUNTIME_MODULES.includes(source))
          return { id: sdkModulePath(source), moduleSideEffects: false }
        const own = bundledModulePath(source)
        // The file itself asks for the runtime's part of the name.
        return !own || importer === own ? { id: source, external: true } : { id: own, moduleSideEffects: false }
      }
      if (isReact(source) && target === 'client') {
        if (!RUNTIME_MODULES.includes(source)) fail(`'${source}' is not there for extensions. Import from 'react'.`)
        return { id: source, external: true }
      }
      // The app need not depend on React to be described: the SDK brings its own.
      if (isReact(source)) return this.resolve(source, fileURLToPath(import.meta.url), { skipSelf: true })
      const isReactDom = source === 'react-dom' || source.startsWith('react-dom/')
      if (isReactDom && target !== 'contract')
        fail(
          `'${source}' needs a page, and an extension has none. Draw with components of '@souk/extension-sdk/client'.`,
        )
      if (!isBuiltin(source)) return null
      if (target === 'server') {
        const standIn = nodeStandInPath(source)
        // A stand-in itself means Node's own.
        if (standIn && importer && !isNodeStandIn(importer)) return { id: standIn, moduleSideEffects: false }
        return { id: source.startsWith('node:') ? source : `node:${source}`, external: true }
      }
      // A package may carry its own `events` or `buffer`.
      const own = source.startsWith('node:') ? null : await this.resolve(source, importer, { skipSelf: true })
      if (own && !own.external && filePathOf(own.id) !== source) return own
      return fail(`'${source}' does not exist in the browser. Move the code that needs it into a *.server.ts file.`)
    },
  },
})
