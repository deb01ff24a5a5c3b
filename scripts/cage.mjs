// Builds the packages, then runs the attack suite against them: `npm run test:cage -- --json FILE`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (args, env = {}) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1

process.exitCode =
  run(['scripts/build.mjs'], { SOUK_BUILD_JS: '1' }) ||
  run(['--import', 'tsx', 'test/cage/main.ts', ...process.argv.slice(2)])
