/**
 * Checks the packages as a stranger would get them: packed, then read by publint, by Are the types wrong and by consumers that have
 * nothing of this repository but the tarballs.
 *
 * The consumers are the check that counts: publint and attw stay green while a leftover import turns all types into `any`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installConsumer, packPackage } from './consumer.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['extension-sdk', 'server-adapter', 'storage-pg', 'host']
const CONSUMERS = {
  // A product never has the SDK: types that came from it would be `any` here, and the expected errors would be missing.
  product: ['server-adapter', 'storage-pg', 'host'],
  extension: ['extension-sdk'],
}

const bin = (name) => join(root, 'node_modules/.bin', name)

const check = (cwd, ...words) => {
  const { status, stdout, stderr } = spawnSync(words[0], words.slice(1), {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  console.error(`${words.join(' ')}\n${stdout}${stderr}`)
  process.exitCode = 1
}

const work = mkdtempSync(join(tmpdir(), 'souk-packages-'))
try {
  const tarballs = new Map(PACKAGES.map((name) => [name, packPackage(name, work)]))

  for (const [name, tarball] of tarballs) {
    console.log(`@souk/${name}: publint and attw`)
    check(join(root, 'packages', name), bin('publint'), '--strict')
    check(
      root,
      bin('attw'),
      tarball,
      '--profile',
      'node16',
      '--ignore-rules',
      'cjs-resolves-to-esm',
      '--exclude-entrypoints',
      './styles.css',
      './devtools.css',
      './schema.sql',
    )
  }

  for (const [consumer, names] of Object.entries(CONSUMERS)) {
    console.log(`consumer ${consumer}: types and a run`)
    const folder = join(work, consumer)
    cpSync(join(root, 'test/consumer', consumer), folder, { recursive: true })
    installConsumer(folder, new Map(names.map((name) => [name, tarballs.get(name)])))
    for (const config of readdirSync(folder).filter((file) => /^tsconfig.*\.json$/.test(file)))
      check(folder, bin('tsc'), '-p', config)
    for (const script of readdirSync(folder).filter((file) => /^run\.[cm]js$/.test(file))) check(folder, 'node', script)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
