import { dirname, isAbsolute, relative } from 'node:path'
import type { Plugin } from 'rollup'
import { buildError } from './build-error'
import { exportNamesOf } from './export-names'
import { placeOfText } from './find-text-place'
import { findLeak } from './leak-check'
import { appPath, filePathOf, functionId, isServerModule, platformModuleOf } from './server-module'

const PROXY = '\0souk-server-proxy:'

/** An import that asks for server code by name, wherever it leads. */
const ASKS_FOR_SERVER = /\.server(?:\.[cm]?[jt]sx?)?$/i

export interface ServerSplitOptions {
  /** The app's folder, that function ids start from. */
  readonly cwd: string
  /** Told, once the bundle stands, which server functions its code can call, by id. */
  readonly onCallable?: (ids: readonly string[]) => void
}

/**
 * The Rollup (and Vite) plugin that keeps server code out of the client: whatever resolves to a `*.server.ts` file becomes
 * a module of typed proxies.
 *
 * @throws {SdkError} `BUILD_SERVER_LEAK` when the finished bundle holds server code nevertheless.
 */
export const serverSplit = ({ cwd, onCallable }: ServerSplitOptions): Plugin => ({
  name: 'souk:server-split',
  resolveId: {
    order: 'pre',
    async handler(source, importer, { attributes, custom, isEntry }) {
      if (source.startsWith('\0')) return null
      const resolved = await this.resolve(source, importer, {
        attributes,
        isEntry,
        skipSelf: true,
        ...(custom ? { custom } : {}),
      })
      // A plugin that resolves in steps asks again, with the path that it found.
      const asked = isAbsolute(source) && importer ? `./${relative(dirname(filePathOf(importer)), source)}` : source
      const name = asked.replace(/^\.\/\.\.\//, '../').replace(/\.[cm]?[jt]sx?$/, '')
      // Another plugin may have asked this one already.
      if (!resolved || resolved.external || resolved.id.startsWith(PROXY)) return resolved
      const path = filePathOf(resolved.id)
      if (isServerModule(path)) {
        if (!appPath(cwd, path).startsWith('src/'))
          throw buildError(
            cwd,
            'BUILD_SERVER_FUNCTION',
            importer ? placeOfText(importer, name) : undefined,
            `'${name}' leads to ${appPath(cwd, path)}, outside of src/, where server functions are looked for. Move it there.`,
          )
        return { id: `${PROXY}${path}`, moduleSideEffects: false }
      }
      if (ASKS_FOR_SERVER.test(source) && !path.includes('/node_modules/'))
        throw buildError(
          cwd,
          'BUILD_SERVER_LEAK',
          importer ? placeOfText(importer, name) : undefined,
          `'${name}' leads to ${appPath(cwd, path)}, which is not a *.server.ts file, so its code would be shipped to browsers. ` +
            'Name the file itself *.server.ts, and import it without a link or a folder in between.',
        )
      return resolved
    },
  },
  async load(id) {
    if (!id.startsWith(PROXY)) return null
    const path = id.slice(PROXY.length)
    this.addWatchFile(path)
    const names = await exportNamesOf(this, cwd, path)
    // An app may name its tools. They run on the server alone, so all that client code has of one is which it is.
    if (platformModuleOf(path)?.kind === 'tool')
      return [
        ...names.map((name, index) => `const t${index} = { tool: ${JSON.stringify(functionId(cwd, path, name))} }`),
        `export { ${names.map((name, index) => `t${index} as ${name}`).join(', ')} }`,
      ].join('\n')
    return [
      "import { createServerFunction } from '@souk/extension-sdk/client'",
      ...names.map(
        (name, index) =>
          `const f${index} = /*#__PURE__*/ createServerFunction(${JSON.stringify(functionId(cwd, path, name))})`,
      ),
      `export { ${names.map((name, index) => `f${index} as ${name}`).join(', ')} }`,
    ].join('\n')
  },
  async generateBundle(_options, bundle) {
    const proxyPath = (id: string) => (id.startsWith(PROXY) ? id.slice(PROXY.length) : undefined)
    const leak = await findLeak(this, cwd, bundle, proxyPath)
    if (leak) throw leak
    const callable = Object.values(bundle).flatMap((output) =>
      output.type === 'chunk'
        ? Object.entries(output.modules).flatMap(([id, { renderedExports }]) => {
            const path = proxyPath(id)
            return path && platformModuleOf(path)?.kind !== 'tool'
              ? renderedExports.map((name) => functionId(cwd, path, name))
              : []
          })
        : [],
    )
    onCallable?.([...new Set(callable)].sort())
  },
})
