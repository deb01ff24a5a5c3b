import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { isServerModule } from './server-module'

/** Every server module under a folder, in an order that is the same everywhere. */
export const findServerModules = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(isServerModule)
  const paths = await Promise.all(files.map((file) => realpath(file)))
  // A link to a file counts once, under the file's own path, and only when that is a server module, too.
  return [...new Set(paths)].filter(isServerModule).sort()
}
