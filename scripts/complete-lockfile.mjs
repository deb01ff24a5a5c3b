/**
 * Completes package-lock.json after an `npm install` on one platform.
 *
 * npm leaves out optional platform packages that the registry in use did not offer, and `npm ci` on a full registry then refuses the
 * lockfile ("Missing: @biomejs/cli-darwin-arm64 from lock file"). This adds an entry for each, without a hash; npm fills it in when it can.
 *
 *   node scripts/complete-lockfile.mjs           adds what is missing
 *   node scripts/complete-lockfile.mjs --check   exits with 1 when something is missing
 */
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const OS_OF = {
  darwin: 'darwin',
  win32: 'win32',
  windows: 'win32',
  linux: 'linux',
  linuxmusl: 'linux',
  fsevents: 'darwin',
}
const OTHER_OS = ['android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony']
const CPUS = ['arm64', 'x64', 'ia32', 'arm', 'riscv64', 'ppc64', 's390x', 'loong64', 'mips64el', 'wasm32']

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const packages = lock.packages

/** Where Node would find `name` from the package at `from`, as npm laid it out. */
const isPlaced = (from, name) => {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (!folder) return false
    if (!folder.includes('/node_modules/')) return Boolean(packages[`node_modules/${name}`])
  }
}

const platformOf = (name) => {
  const words = name.split('/').at(-1).split('-')
  const os = words.map((word) => OS_OF[word] ?? OTHER_OS.find((other) => other === word)).find(Boolean)
  const cpu = CPUS.find((candidate) => words.includes(candidate))
  const libc =
    words.includes('musl') || words.includes('linuxmusl')
      ? 'musl'
      : words.includes('gnu') || words.includes('glibc')
        ? 'glibc'
        : undefined
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) }
}

const missing = Object.entries(packages).flatMap(([from, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !isPlaced(from, name))
    .map(([name, range]) => ({ from, entry, name, version: /\d+\.\d+\.\d+[^\s|]*/.exec(range)?.[0] })),
)

if (process.argv.includes('--check')) {
  for (const { name } of missing) console.error(`package-lock.json has no entry for ${name}. Run: npm run lockfile`)
  process.exit(missing.length > 0 ? 1 : 0)
}

for (const { from, entry, name, version } of missing) {
  if (!version) throw new Error(`No version can be read for ${name}; add its entry to package-lock.json by hand.`)
  const folder = from.includes('node_modules/') ? from.slice(0, from.lastIndexOf('node_modules/')) : ''
  packages[`${folder}node_modules/${name}`] = {
    version,
    ...platformOf(name),
    ...(entry.dev && { dev: true }),
    optional: true,
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`Added ${missing.length} optional packages of other platforms to package-lock.json.`)
