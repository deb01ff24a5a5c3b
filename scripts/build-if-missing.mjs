/** Builds the packages when one of them was never built. Whoever has changed their source builds them anew. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const OUTPUTS = [
  'extension-sdk/dist/build.js',
  'extension-sdk/dist/frame/worker.js',
  'server-adapter/dist/sandbox.js',
  'host/dist/index.js',
]

if (OUTPUTS.some((path) => !existsSync(fileURLToPath(new URL(`../packages/${path}`, import.meta.url))))) {
  const build = fileURLToPath(new URL('build.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [build], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, SOUK_BUILD_JS: '1' },
    stdio: 'inherit',
  })
  process.exit(status ?? 1)
}
