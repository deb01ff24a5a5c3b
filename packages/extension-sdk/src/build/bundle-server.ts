import type { Plugin } from 'rollup'
import { exportNamesOf } from './export-names'
import { type Bundle, bundle } from './rollup-bundle'
import { functionId } from './server-module'

export interface ServerBundle extends Bundle {
  /** Ids of all exports of all server modules. */
  readonly exports: readonly string[]
}

const MODULE = '\0souk-server-module:'

/** Reads a server module's exports once it is resolved, and hands them on as one list of functions. */
const listFunctions = (cwd: string, onExport: (id: string) => void): Plugin => ({
  name: 'souk:list-functions',
  resolveId: (source) => (source.startsWith(MODULE) ? source : null),
  async load(id) {
    if (!id.startsWith(MODULE)) return null
    const path = id.slice(MODULE.length)
    const names = await exportNamesOf(this, cwd, path)
    const entries = names.map((name) => [functionId(cwd, path, name), name] as const)
    for (const [key] of entries) onExport(key)
    return [
      `import * as module from ${JSON.stringify(path)}`,
      `export default [${entries.map(([key, name]) => `[${JSON.stringify(key)}, module.${name}]`).join(', ')}]`,
    ].join('\n')
  },
})

/** `server.js`: one module with a table of functions by id, which has no prototype that a crafted id could reach. */
export const bundleServer = async (cwd: string, serverModules: readonly string[]): Promise<ServerBundle> => {
  const exports: string[] = []
  const result = await bundle({
    cwd,
    target: 'server',
    entry: [
      ...serverModules.map((path, index) => `import m${index} from ${JSON.stringify(`${MODULE}${path}`)}`),
      'export const functions = Object.assign(',
      '  { __proto__: null },',
      `  Object.fromEntries([${serverModules.map((_, index) => `...m${index}`).join(', ')}]`,
      "    .filter((entry) => typeof entry[1] === 'function')),",
      ')',
    ].join('\n'),
    plugins: [listFunctions(cwd, (id) => exports.push(id))],
    output: { file: 'server.js', format: 'es', exports: 'named' },
  })
  return { ...result, exports: exports.sort() }
}
