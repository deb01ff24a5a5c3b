/** A project as a stranger has it: our packages from their tarballs, everything else from the repository's node_modules. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const run = (cwd, ...words) => {
  const { status, stdout, stderr } = spawnSync(words[0], words.slice(1), {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`${words.join(' ')} failed in ${cwd}\n${stdout}${stderr}`)
  return stdout
}

/**
 * Packs one of our packages.
 *
 * @returns {string} The path of the tarball.
 */
export const packPackage = (name, folder) => {
  const [packed] = JSON.parse(
    run(join(root, 'packages', name), 'npm', 'pack', '--json', '--silent', '--pack-destination', folder),
  )
  return join(folder, packed.filename)
}

/** Fills `folder/node_modules`. What is not named in `tarballs` of ours is not there. */
export const installConsumer = (folder, tarballs) => {
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@souk'), { recursive: true })
  mkdirSync(join(modules, '.bin'))
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (!entry.startsWith('@souk') && !entry.startsWith('.'))
      symlinkSync(join(root, 'node_modules', entry), join(modules, entry))
  }
  for (const [name, tarball] of tarballs) {
    const target = join(modules, '@souk', name)
    mkdirSync(target)
    run(target, 'tar', 'xzf', tarball, '--strip-components=1')
    // Versions that differ from the root's stand in the package's own folder.
    linkNested(name, target)
  }
  if (tarballs.has('extension-sdk')) symlinkSync('../@souk/extension-sdk/bin/souk.js', join(modules, '.bin/souk'))
  symlinkSync(join(root, 'node_modules/vite/bin/vite.js'), join(modules, '.bin/vite'))
}

const linkNested = (name, target) => {
  const nested = join(root, 'packages', name, 'node_modules')
  let entries = []
  try {
    entries = readdirSync(nested).filter((entry) => !entry.startsWith('.'))
  } catch {
    return
  }
  mkdirSync(join(target, 'node_modules'), { recursive: true })
  for (const entry of entries) symlinkSync(join(nested, entry), join(target, 'node_modules', entry))
}
