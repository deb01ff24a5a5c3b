import { relative, sep } from 'node:path'

const SERVER_MODULE = /\.(?:server|connection|event|webhook|tool)\.[cm]?[jt]sx?$/i
const PLATFORM_MODULE = /([^/\\]+)\.(connection|event|webhook|tool)\.[cm]?[jt]sx?$/i

/** A module id without what bundlers add to it: a `\0` before, a `?query` behind. */
export const filePathOf = (moduleId: string): string => moduleId.replace(/^\0/, '').replace(/[?#].*$/, '')

/** Whether a resolved path is server code. The path decides, never what an import statement looked like. */
export const isServerModule = (path: string): boolean =>
  SERVER_MODULE.test(path) && !path.split(sep).includes('node_modules')

/** A path as the manifest and messages name it: from the app's folder, with forward slashes on every system. */
export const appPath = (cwd: string, path: string): string => relative(cwd, path).split(sep).join('/')

/** The id of a server function, stable across rebuilds and machines. */
export const functionId = (cwd: string, path: string, exportName: string): string =>
  `${appPath(cwd, path)}#${exportName}`

type PlatformKind = 'connection' | 'event' | 'webhook' | 'tool'

/** A module that the platform calls, never the client: a connection, an event, a webhook or tools, with its name. */
export const platformModuleOf = (path: string): { readonly kind: PlatformKind; readonly name: string } | undefined => {
  const [, name = '', kind = ''] = PLATFORM_MODULE.exec(path) ?? []
  if (name === '') return undefined
  // The expression knows these four.
  return { kind: kind.toLowerCase() as PlatformKind, name }
}
