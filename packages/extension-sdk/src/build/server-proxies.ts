import { dirname } from 'node:path'
import type { Plugin } from 'rollup'
import { exportNamesOf } from './export-names'
import { filePathOf, functionId, isServerModule } from './server-module'

const PROXY = '\0souk-test-proxy:'
const TEST = /(?:^|\/)tests?\/|\.test\.[cm]?[jt]sx?$/

/** The folder of the app that a file belongs to: the one that holds its `src`. */
const appFolderOf = (path: string): string => {
  const at = path.lastIndexOf('/src/')
  return at < 0 ? dirname(path) : path.slice(0, at)
}

/**
 * For the tests of an extension: client code that imports a `*.server.ts` module gets what it gets in a bundle, functions
 * that call over the bridge, which `createRenderer({ serverFunctions })` answers. Tests themselves and server modules
 * import the real functions. Put it into `plugins` of the Vitest configuration.
 */
export const serverProxies = (): Plugin => ({
  name: 'souk:server-proxies',
  resolveId: {
    order: 'pre',
    async handler(source, importer) {
      if (!importer || source.startsWith('\0')) return null
      // From where the module stands: the SDK of the app, and no other that lies nearby.
      if (importer.startsWith(PROXY)) return this.resolve(source, importer.slice(PROXY.length), { skipSelf: true })
      const from = filePathOf(importer)
      if (isServerModule(from) || TEST.test(from.slice(appFolderOf(from).length)) || from.includes('/node_modules/'))
        return null
      if (!source.includes('.server')) return null
      const resolved = await this.resolve(source, importer, { skipSelf: true })
      if (!resolved || !isServerModule(filePathOf(resolved.id))) return null
      return { id: `${PROXY}${filePathOf(resolved.id)}`, moduleSideEffects: false }
    },
  },
  async load(id) {
    if (!id.startsWith(PROXY)) return null
    const path = id.slice(PROXY.length)
    const cwd = appFolderOf(path)
    const names = await exportNamesOf(this, cwd, path)
    return [
      "import { createServerFunction } from '@souk/extension-sdk/client'",
      ...names.map(
        (name, index) => `const f${index} = createServerFunction(${JSON.stringify(functionId(cwd, path, name))})`,
      ),
      `export { ${names.map((name, index) => `f${index} as ${name}`).join(', ')} }`,
    ].join('\n')
  },
})
