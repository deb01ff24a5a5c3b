import type { Plugin } from 'rollup'
import { buildError } from './build-error'
import { exportNamesOf } from './export-names'
import { type Bundle, bundle } from './rollup-bundle'
import { appPath, functionId, platformModuleOf } from './server-module'

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
    const entries = entriesOf(cwd, path, names)
    for (const [key] of entries) onExport(key)
    return [
      `import * as module from ${JSON.stringify(path)}`,
      wrapperImport(platformModuleOf(path)?.kind),
      `export default [${entries.map(([key, code]) => `[${JSON.stringify(key)}, ${code}]`).join(', ')}]`,
    ].join('\n')
  },
})

const wrapperImport = (kind: string | undefined): string =>
  kind === 'tool'
    ? "import { toolFunction } from '@souk/extension-sdk/tools'"
    : `import { ${kind === 'webhook' ? 'webhookFunction' : 'checkInput'} } from '@souk/extension-sdk/server'`

/** The functions of a module by id, with the code of each. */
const entriesOf = (
  cwd: string,
  path: string,
  names: readonly string[],
): readonly (readonly [id: string, code: string])[] => {
  const platform = platformModuleOf(path)
  if (platform?.kind === 'tool')
    return names.map((name) => [functionId(cwd, path, name), `toolFunction(module.${name})`])
  if (platform && !names.includes('default'))
    throw buildError(
      cwd,
      'BUILD_SERVER_FUNCTION',
      { file: path },
      `A *.${platform.kind}.ts file needs a default export.`,
    )
  if (platform?.kind === 'connection') return [[functionId(cwd, path, 'test'), 'module.default.test']]
  const id = functionId(cwd, path, 'default')
  if (platform) return [[id, platform.kind === 'webhook' ? 'webhookFunction(module.default)' : 'module.default']]
  const schemas = schemasOf(cwd, path, names)
  return names
    .filter((name) => !schemas.has(name))
    .map((name) => {
      const schema = [...schemas].find(([, of]) => of === name)?.[0]
      const code = schema === undefined ? `module.${name}` : `checkInput(module.${name}, module.${schema})`
      return [functionId(cwd, path, name), code]
    })
}

/** Which exports are schemas of input, and whose: `input` of the only function, `findOrdersInput` of `findOrders`. */
const schemasOf = (cwd: string, path: string, names: readonly string[]): ReadonlyMap<string, string> => {
  const schemas = new Map<string, string>()
  for (const name of names) {
    const of = name.endsWith('Input') ? name.slice(0, -'Input'.length) : ''
    if (names.includes(of)) schemas.set(name, of)
  }
  if (!names.includes('input')) return schemas
  const others = names.filter((name) => name !== 'input' && !schemas.has(name) && ![...schemas.values()].includes(name))
  const only = others.includes('default') ? 'default' : others.length === 1 ? others[0] : undefined
  if (only === undefined)
    throw buildError(
      cwd,
      'BUILD_SERVER_FUNCTION',
      { file: path },
      '`input` could belong to several functions. Name each schema after its function, such as findOrdersInput.',
    )
  return schemas.set('input', only)
}

/** `server.js`: one module with a table of functions by id, which has no prototype that a crafted id could reach. */
export const bundleServer = async (cwd: string, serverModules: readonly string[]): Promise<ServerBundle> => {
  const exports: string[] = []
  const connections = serverModules.filter((path) => platformModuleOf(path)?.kind === 'connection')
  const tools = serverModules.filter((path) => platformModuleOf(path)?.kind === 'tool')
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
      ...connections.map((path, index) => `import c${index} from ${JSON.stringify(path)}`),
      `export const connections = [${connections
        .map((path, index) => `[${JSON.stringify(appPath(cwd, path))}, c${index}]`)
        .join(', ')}]`,
      ...(tools.length > 0 ? describeTools(cwd, tools) : []),
    ].join('\n'),
    plugins: [listFunctions(cwd, (id) => exports.push(id))],
    output: { file: 'server.js', format: 'es', exports: 'named' },
  })
  return { ...result, exports: exports.sort() }
}

/** What the build asks for the manifest. */
const describeTools = (cwd: string, modules: readonly string[]): readonly string[] => [
  "import { describeTool } from '@souk/extension-sdk/tools'",
  ...modules.map((path, index) => `import * as t${index} from ${JSON.stringify(path)}`),
  'export const describeTools = () => [',
  ...modules.map((path, index) => {
    const prefix = JSON.stringify(functionId(cwd, path, ''))
    return `  ...Object.entries(t${index}).map(([name, tool]) => describeTool(${prefix} + name, tool)),`
  }),
  ']',
]
