/** Checks the types of every part with its own tsconfig.json. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PARTS = [
  'packages/extension-sdk',
  'packages/server-adapter',
  'packages/storage-pg',
  'packages/host',
  'packages/playground',
  'test',
  'examples/helpdesk',
  'examples/mantine',
  'examples/plain-html',
  'examples/mounts',
  'examples/extensions',
  'bench/ui',
  'bench/server',
  'bench/storage',
  'bench/functions',
]

const failed = PARTS.filter((part) => {
  if (!existsSync(`${root}/${part}/tsconfig.json`)) {
    console.error(`${part} has no tsconfig.json.`)
    return true
  }
  const { status } = spawnSync('npx', ['tsc', '-p', part, '--noEmit'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status !== 0
})
if (failed.length > 0) console.error(`Types do not hold in: ${failed.join(', ')}`)
process.exit(failed.length > 0 ? 1 : 0)
