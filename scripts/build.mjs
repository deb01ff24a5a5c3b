/**
 * Builds the packages in the order of their dependencies.
 *
 *   node scripts/build.mjs                  everything, with type declarations
 *   SOUK_BUILD_JS=1 node scripts/build.mjs  JavaScript only: enough to run, in a fraction of the time
 */
import { spawnSync } from 'node:child_process'

const PACKAGES = ['extension-sdk', 'server-adapter', 'storage-pg', 'host', 'playground']

for (const name of PACKAGES) {
  const started = performance.now()
  const result = spawnSync('npm', ['run', 'build', '--silent', '-w', `packages/${name}`], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error(`@souk/${name} did not build.\n${result.stdout}${result.stderr}`)
    process.exit(1)
  }
  console.log(`built @souk/${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
