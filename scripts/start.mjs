/**
 * Starts the example product: builds what is missing or older than its source, then runs the server in this process.
 *
 *   PORT=5000 DATA_DIR=/somewhere node scripts/start.mjs
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import './check-node.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const HELPDESK = join(ROOT, 'examples/helpdesk')

/** In the order of their dependencies. Whoever inlines another package's source is stale when that source is newer. */
const PACKAGES = [
  { name: 'extension-sdk', inlines: [], also: ['dist/cli.js', 'dist/frame/boot.js', 'dist/frame/worker.js'] },
  { name: 'server-adapter', inlines: ['extension-sdk'], also: [] },
  { name: 'storage-pg', inlines: [], also: [] },
  { name: 'host', inlines: ['extension-sdk'], also: [] },
]

const packageDir = (name) => join(ROOT, 'packages', name)

/** The newest change below a folder, in milliseconds since 1970. Tests and stories are not part of a build. */
const newestChange = (folder) => {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) newest = Math.max(newest, newestChange(path))
    else if (!/\.(test|stories)\.tsx?$/.test(entry.name)) newest = Math.max(newest, statSync(path).mtimeMs)
  }
  return newest
}

/** When the oldest of these files was written; 0 when one of them is missing. */
const oldestWrite = (paths) => Math.min(...paths.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)))

const outputsOf = ({ name, also }) => {
  const { exports } = JSON.parse(readFileSync(join(packageDir(name), 'package.json'), 'utf8'))
  const files = JSON.stringify(exports).match(/\.\/dist\/[^"]+\.(?:js|cjs|css)(?=")/g) ?? []
  return [...files, ...also].map((file) => join(packageDir(name), file))
}

const isStale = (entry) =>
  oldestWrite(outputsOf(entry)) <
  Math.max(...[entry.name, ...entry.inlines].map((name) => newestChange(join(packageDir(name), 'src'))))

const isClientStale = () => {
  const built = oldestWrite([join(HELPDESK, 'dist/index.html')])
  return built < Math.max(newestChange(join(HELPDESK, 'client')), newestChange(join(packageDir('host'), 'dist')))
}

/** Runs a build step with its output held back, to be shown only if it fails. */
const run = (label, command, args, cwd, env = {}) =>
  new Promise((resolve) => {
    process.stdout.write(`${label} ... `)
    const started = performance.now()
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = () => child.kill('SIGTERM')
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => (output += error.message))
    child.once('close', (code, signal) => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      if (code === 0) {
        console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`)
        return resolve()
      }
      console.log(signal ? 'stopped' : 'failed')
      if (!signal) console.error(output.trim())
      process.exit(1)
    })
  })

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

let rebuilt = false
for (const entry of PACKAGES) {
  if (!isStale(entry)) continue
  await run(`Building @souk/${entry.name}`, npm, ['run', 'build', '--silent'], packageDir(entry.name), {
    SOUK_BUILD_JS: '1',
  })
  rebuilt = true
}
if (rebuilt || isClientStale()) await run('Building the help desk', npm, ['run', 'build', '--silent'], HELPDESK)

// The server is TypeScript that imports the packages as built, so its own paths to their sources are not used.
const { register } = await import('tsx/esm/api')
register({ tsconfig: false })
await import(pathToFileURL(join(HELPDESK, 'server/main.ts')).href)
