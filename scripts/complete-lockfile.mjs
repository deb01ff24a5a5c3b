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
import semver from 'semver'

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

/** The folders in which Node looks for what the package at `from` imports, nearest first. */
const lookupFolders = (from) => {
  const folders = []
  for (let path = from; path; ) {
    folders.push(`${path}/node_modules`)
    const cut = path.lastIndexOf('node_modules/')
    path = cut > 0 ? path.slice(0, cut - 1) : ''
  }
  return [...folders, 'node_modules']
}

/** The entry that the package at `from` would get for `name`. */
const visibleEntry = (from, name) => {
  for (const folder of lookupFolders(from)) {
    const entry = packages[`${folder}/${name}`]
    if (entry) return entry
  }
  return undefined
}

const isComplete = (from, name, range) => {
  const entry = visibleEntry(from, name)
  return entry !== undefined && semver.satisfies(entry.version, range, { includePrerelease: true })
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
    .filter(([name, range]) => !isComplete(from, name, range))
    .map(([name, range]) => ({ from, entry, name, version: /\d+\.\d+\.\d+[^\s|]*/.exec(range)?.[0] })),
)

if (process.argv.includes('--check')) {
  for (const { name } of missing) console.error(`package-lock.json has no entry for ${name}. Run: npm run lockfile`)
  process.exit(missing.length > 0 ? 1 : 0)
}

for (const { from, entry, name, version } of missing) {
  if (!version) throw new Error(`No version can be read for ${name}; add its entry to package-lock.json by hand.`)
  const beside = from.slice(0, from.lastIndexOf('node_modules/') + 'node_modules/'.length)
  // Where another version stands already, this one goes into the folder of the package that wants it.
  const folder = visibleEntry(from, name) || !from.includes('node_modules/') ? `${from}/node_modules/` : beside
  packages[`${folder}${name}`] = { version, ...platformOf(name), ...(entry.dev && { dev: true }), optional: true }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`Added ${missing.length} optional packages of other platforms to package-lock.json.`)
