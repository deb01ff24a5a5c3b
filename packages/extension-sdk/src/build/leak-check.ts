import { readFile } from 'node:fs/promises'
import type { OutputBundle, PluginContext } from 'rollup'
import type { SdkError } from '../sdk-error'
import { buildError } from './build-error'
import { filePathOf, isServerModule } from './server-module'
import { readJavaScript } from './transform-source'

type ProxyPath = (id: string) => string | undefined

/**
 * Looks for server code in a finished client bundle, without trusting how it was made: in the graph of modules, in what
 * the chunks say they hold, and in the text itself.
 */
export const findLeak = async (
  context: PluginContext,
  cwd: string,
  bundle: OutputBundle,
  proxyPath: ProxyPath,
): Promise<SdkError | undefined> =>
  findServerModule(context, cwd, proxyPath) ??
  findStranger(context, cwd, bundle, proxyPath) ??
  (await findServerText(context, cwd, bundle, proxyPath))

const leakError = (cwd: string, file: string | undefined, what: string) =>
  buildError(
    cwd,
    'BUILD_SERVER_LEAK',
    file ? { file } : undefined,
    `${what} It would be shipped to every browser. Import it from *.server.ts files only, and call those.`,
  )

const findServerModule = (context: PluginContext, cwd: string, proxyPath: ProxyPath): SdkError | undefined => {
  for (const id of context.getModuleIds()) {
    if (proxyPath(id) || !isServerModule(filePathOf(id))) continue
    const importer = context.getModuleInfo(id)?.importers[0]
    return leakError(cwd, importer ?? id, `${filePathOf(id)} is a server module, but it is part of the client bundle.`)
  }
  return undefined
}

/** Client code and its packages: what the entries reach by imports. The proxies import the SDK and nothing else. */
const reachableFrom = (context: PluginContext, entries: readonly string[]): Set<string> => {
  const reached = new Set<string>()
  const visit = (id: string) => {
    if (reached.has(id)) return
    reached.add(id)
    const info = context.getModuleInfo(id)
    if (!info) return
    for (const next of [...info.importedIds, ...info.dynamicallyImportedIds]) visit(next)
  }
  for (const entry of entries) visit(entry)
  return reached
}

const findStranger = (
  context: PluginContext,
  cwd: string,
  bundle: OutputBundle,
  proxyPath: ProxyPath,
): SdkError | undefined => {
  const chunks = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? [output] : []))
  const entries = [...context.getModuleIds()].filter((id) => {
    const info = context.getModuleInfo(id)
    // A package is never where an app begins; a plugin may have said so.
    return info?.isEntry && !proxyPath(id) && !id.includes('/node_modules/')
  })
  const reached = reachableFrom(context, entries)
  for (const chunk of chunks) {
    for (const id of Object.keys(chunk.modules))
      if (!reached.has(id))
        return leakError(cwd, undefined, `${filePathOf(id)} is in ${chunk.fileName}, but no client code imports it.`)
  }
  return undefined
}

/** Text long and plain enough to recognise, and to survive every way of printing it. */
const FINGERPRINT = /^[\x20\x21\x23-\x26\x28-\x5b\x5d-\x5f\x61-\x7e]{12,}$/

const fingerprintsOf = (context: PluginContext, code: string): ReadonlySet<string> => {
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, value } = node as { type?: unknown; value?: unknown }
    const text =
      type === 'Literal'
        ? value
        : type === 'TemplateElement'
          ? (value as { cooked?: unknown } | null)?.cooked
          : undefined
    if (typeof text === 'string' && FINGERPRINT.test(text)) found.add(text)
    Object.values(node).forEach(visit)
  }
  for (const statement of context.parse(code).body) {
    // Names of modules are in client code, too, and secret in neither.
    if (statement.type !== 'ImportDeclaration') visit(statement)
  }
  return found
}

const findServerText = async (
  context: PluginContext,
  cwd: string,
  bundle: OutputBundle,
  proxyPath: ProxyPath,
): Promise<SdkError | undefined> => {
  const output = Object.values(bundle)
    .map((item) => (item.type === 'chunk' ? item.code : String(item.source)))
    .join('\n')
  const ids = [...context.getModuleIds()]
  const serverPaths = ids.flatMap((id) => proxyPath(id) ?? [])
  const clientSource = async (text: string) => {
    for (const id of ids.filter((id) => !proxyPath(id))) {
      // What stands in the file on disk counts. What a plugin made of it may be the leak.
      const source = await readFile(filePathOf(id), 'utf8').catch(() => '')
      if (source.includes(text)) return true
    }
    return false
  }
  for (const path of serverPaths) {
    const { code } = await readJavaScript(cwd, path)
    for (const text of fingerprintsOf(context, code)) {
      // The ids of functions, which proxies carry, hold the path of their file.
      if (!output.includes(text) || serverPaths.some((other) => other.endsWith(text))) continue
      if (!(await clientSource(text)))
        return leakError(cwd, path, `The client bundle contains ${JSON.stringify(text.slice(0, 20))}… of this file.`)
    }
  }
  return undefined
}
