import { readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from '@souk/extension-sdk/build'
import type { AppListing, Manifest } from '@souk/extension-sdk/protocol'

export interface BuiltExample {
  readonly manifest: Manifest
  readonly listing: AppListing
  readonly client: Uint8Array<ArrayBuffer>
  readonly server: Uint8Array<ArrayBuffer>
}

const EXTENSIONS = fileURLToPath(new URL('../../../extensions', import.meta.url))
const SDK = dirname(createRequire(import.meta.url).resolve('@souk/extension-sdk/package.json'))

/** An example extension as `souk build` writes it. What was built since the last change is taken as it is. */
export const buildExample = async (name: string): Promise<BuiltExample> => {
  const cwd = join(EXTENSIONS, name)
  const dist = join(cwd, 'dist')
  // `npm start` builds the packages without their type declarations, and `npm test` has checked the types.
  if (await isStale(cwd, dist)) await build({ cwd, typeCheck: false })
  // The files are what the build has just written, or wrote before.
  const readJson = async (file: string) => JSON.parse(await readFile(join(dist, file), 'utf8'))
  return {
    manifest: (await readJson('manifest.json')) as Manifest,
    listing: (await readJson('listing.json')) as AppListing,
    client: new Uint8Array(await readFile(join(dist, 'client.js'))),
    server: new Uint8Array(await readFile(join(dist, 'server.js'))),
  }
}

const isStale = async (cwd: string, dist: string): Promise<boolean> => {
  // Written last.
  const built = await changedAt(join(dist, 'listing.json'))
  const sources = (await readdir(join(cwd, 'src'), { recursive: true })).map((file) => join('src', file))
  const inputs = ['package.json', 'souk.config.ts', ...sources].map((file) => join(cwd, file))
  const changed = await Promise.all([...inputs, join(SDK, 'dist/build.js')].map(changedAt))
  return built <= Math.max(...changed)
}

/** In milliseconds since 1970; 0 when there is no such file. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
