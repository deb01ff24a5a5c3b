/**
 * Checks the packages as a stranger would get them: packed, then read by publint, by Are the types wrong and by a consumer that has
 * nothing of this repository but the four tarballs.
 *
 * The consumer is the check that counts: publint and attw stay green while a leftover import turns all types into `any`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['extension-sdk', 'server-adapter', 'storage-pg', 'host']

const run = (cwd, ...words) => {
  const result = spawnSync(words[0], words.slice(1), { cwd, encoding: 'utf8', shell: process.platform === 'win32' })
  if (result.status === 0) return result.stdout
  console.error(`${words.join(' ')} failed in ${cwd}\n${result.stdout}${result.stderr}`)
  process.exitCode = 1
  return ''
}

const bin = (name) => join(root, 'node_modules/.bin', name)

const pack = (name, folder) => {
  const packed = JSON.parse(run(join(root, 'packages', name), 'npm', 'pack', '--json', '--silent', '--pack-destination', folder) || '[]')
  return packed[0] && join(folder, packed[0].filename)
}

/** A project with these packages and every third-party package of the repository, but none of the repository's own. */
const createConsumer = (work, name, tarballs) => {
  const folder = join(work, name)
  cpSync(join(root, 'test/consumer', name), folder, { recursive: true })
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@souk'), { recursive: true })
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (!entry.startsWith('@souk') && entry !== '.cache' && entry !== '.package-lock.json')
      symlinkSync(join(root, 'node_modules', entry), join(modules, entry))
  }
  for (const [packageName, tarball] of tarballs) {
    const target = join(modules, '@souk', packageName)
    mkdirSync(target, { recursive: true })
    run(target, 'tar', 'xzf', tarball, '--strip-components=1')
  }
  return folder
}

const work = mkdtempSync(join(tmpdir(), 'souk-consumer-'))
try {
  const tarballs = new Map(PACKAGES.map((name) => [name, pack(name, work)]))
  for (const [name, tarball] of tarballs) {
    if (!tarball) continue
    console.log(`@souk/${name}: publint and attw`)
    run(join(root, 'packages', name), bin('publint'), '--strict')
    run(root, bin('attw'), tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--exclude-entrypoints', 'styles.css', 'schema.sql')
  }
  if (process.exitCode) process.exit()

  const product = createConsumer(work, 'product', [...tarballs].filter(([name]) => name !== 'extension-sdk'))
  const extension = createConsumer(work, 'extension', [...tarballs].filter(([name]) => name === 'extension-sdk'))
  for (const folder of [product, extension]) {
    console.log(`consumer ${folder.slice(work.length + 1)}: types and a run`)
    for (const config of readdirSync(folder).filter((file) => /^tsconfig.*\.json$/.test(file))) run(folder, bin('tsc'), '-p', config)
    for (const script of readdirSync(folder).filter((file) => /^run.*\.[cm]js$/.test(file))) run(folder, 'node', script)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
