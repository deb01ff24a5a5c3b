import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { OutputChunk } from 'rollup'
import type { AppListing, Manifest } from '../protocol'
import { isRecord } from '../protocol/parse'
import { SdkError } from '../sdk-error'
import { bundleClient, type ClientOptions } from './bundle-client'
import { bundleServer } from './bundle-server'
import { createManifest } from './create-manifest'
import { extractApp } from './extract-app'
import { findAppFiles } from './find-app-files'
import { findServerModules } from './find-server-modules'
import { type BundleSizes, measureSizes } from './measure-sizes'
import { appPath, platformModuleOf } from './server-module'
import { typeCheck } from './type-check'

export interface BuildOptions extends ClientOptions {
  /** The app's folder, with package.json, souk.config.ts and src/. Default: the current one. */
  readonly cwd?: string
  /** Default: `dist` in the app's folder. */
  readonly outDir?: string
  /** Default: whether there is a tsconfig.json. */
  readonly typeCheck?: boolean
}

export interface BuiltBundle {
  readonly path: string
  readonly sha256: string
  readonly sizes: BundleSizes
}

export interface BuildResult {
  readonly outDir: string
  readonly manifest: Manifest
  readonly listing: AppListing
  readonly client: BuiltBundle
  /** Null when the app has no server modules. */
  readonly server: BuiltBundle | null
  readonly warnings: readonly string[]
}

const readVersion = async (packageFile: string): Promise<unknown> => {
  try {
    const content: unknown = JSON.parse(await readFile(packageFile, 'utf8'))
    return isRecord(content) ? content.version : undefined
  } catch (cause) {
    throw new SdkError('CONFIG_INVALID', `${packageFile} is not valid JSON. Correct it.`, { cause })
  }
}

/**
 * Builds an extension: `client.js`, `server.js`, `manifest.json`, `listing.json` and source maps.
 *
 * The same input gives the same bytes, wherever the folder lies.
 *
 * @throws {SdkError} `BUILD_FAILED`, `BUILD_TYPES`, `BUILD_SERVER_LEAK`, `BUILD_SERVER_FUNCTION`, `CONFIG_INVALID` or
 *   `INVALID_MANIFEST`, naming file, line, reason and fix. Nothing is written then.
 */
export const build = async (options: BuildOptions = {}): Promise<BuildResult> => {
  const cwd = await realpath(resolve(options.cwd ?? '.'))
  const outDir = resolve(cwd, options.outDir ?? 'dist')
  const { packageFile, configFile, appFile } = findAppFiles(cwd)
  const version = await readVersion(packageFile)

  if (options.typeCheck ?? existsSync(join(cwd, 'tsconfig.json'))) await typeCheck(cwd)
  const withoutForms = await bundleClient(cwd, appFile, options)
  const serverModules = await findServerModules(join(cwd, 'src'))
  const server = serverModules.length > 0 ? await bundleServer(cwd, serverModules) : undefined
  const extracted = await extractApp({ cwd, appFile, configFile, serverCode: server?.chunk.code })
  const client = hasQuickActions(extracted.surfaces)
    ? await bundleClient(cwd, appFile, { ...options, withQuickActions: true })
    : withoutForms
  const { manifest, listing } = await createManifest({
    cwd,
    appFile,
    configFile,
    packageFile,
    version,
    extracted,
    callable: client.callable,
    platformModules: serverModules.map((path) => appPath(cwd, path)).filter((path) => platformModuleOf(path)),
  })

  await mkdir(outDir, { recursive: true })
  const toFile = (name: string, content: string) => writeFile(join(outDir, name), content)
  const written = {
    client: await writeBundle(cwd, outDir, 'client.js', client.chunk),
    server: server ? await writeBundle(cwd, outDir, 'server.js', server.chunk) : null,
  }
  if (!server) for (const stale of ['server.js', 'server.js.map']) await rm(join(outDir, stale), { force: true })
  await toFile('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
  await toFile('listing.json', `${JSON.stringify(listing, null, 2)}\n`)
  return { outDir, manifest, listing, ...written, warnings: [...client.warnings, ...(server?.warnings ?? [])] }
}

/** Known only once the app has said what it consists of. */
const hasQuickActions = (surfaces: unknown): boolean =>
  Array.isArray(surfaces) && surfaces.some((surface) => isRecord(surface) && surface.kind === 'quickActions')

const writeBundle = async (cwd: string, outDir: string, name: string, chunk: OutputChunk): Promise<BuiltBundle> => {
  const path = join(outDir, name)
  await writeFile(path, chunk.code)
  await writeFile(`${path}.map`, JSON.stringify(chunk.map))
  const sha256 = createHash('sha256').update(chunk.code).digest('hex')
  return { path, sha256, sizes: await measureSizes(cwd, chunk) }
}
