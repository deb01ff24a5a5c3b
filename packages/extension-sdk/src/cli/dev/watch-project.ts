import { relative } from 'node:path'
import { watch } from 'chokidar'

const CONFIG = /^souk\.config\.m?[jt]s$/

/** What a build reads: the sources, the configuration and package.json. Never what a build writes. */
const isSource = (path: string): boolean => path.startsWith('src/') || CONFIG.test(path) || path === 'package.json'

/**
 * Calls `onChange` with the paths that changed, one call at a time: what changes meanwhile comes with the next call.
 *
 * @returns What ends it.
 */
export const watchProject = async (
  cwd: string,
  onChange: (paths: readonly string[]) => Promise<void>,
): Promise<() => Promise<void>> => {
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isBusy = false

  const run = async () => {
    if (isBusy) return
    isBusy = true
    while (changed.size > 0) {
      const paths = [...changed].sort()
      changed.clear()
      await onChange(paths)
    }
    isBusy = false
  }

  const watcher = watch(cwd, {
    ignoreInitial: true,
    // Editors write in two steps; half a file is not worth a build.
    atomic: 20,
    depth: 20,
    ignored: (path) => {
      const name = relative(cwd, path).replaceAll('\\', '/')
      return name !== '' && name !== 'src' && !isSource(name)
    },
  })
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return
    changed.add(relative(cwd, path).replaceAll('\\', '/'))
    clearTimeout(timer)
    // One save may touch several files.
    timer = setTimeout(() => void run(), 10)
  })
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()))
  return async () => {
    clearTimeout(timer)
    await watcher.close()
  }
}
