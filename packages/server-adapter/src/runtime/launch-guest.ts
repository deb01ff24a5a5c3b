import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { constants, setPriority } from 'node:os'
import { GUEST_SCRIPT } from './guest/guest-script'

export interface LaunchOptions {
  readonly denoPath: string
  readonly heapMegabytes: number
  readonly launcher: Launcher
}

/** How Deno is started, so that the system holds it too. */
export interface Launcher {
  /** The program and what comes before Deno's own arguments. */
  readonly command: (denoPath: string) => readonly string[]
  /** Whether the process is a child of the one that is started. */
  readonly wraps: boolean
  /** What the command finds on descriptor 4. */
  readonly filter?: Uint8Array
}

export interface LaunchedGuest {
  readonly child: ChildProcess
  /** Both directions of the guest's descriptor 3. */
  readonly channel: Socket
}

/**
 * No `--allow-...` at all: Deno asks for no permission to use a descriptor it inherits, and none to import a blob.
 *
 * `--ignore-env` is not a permission. It makes every environment variable undefined, where Deno would otherwise throw, also to the
 * many packages that look at `process.env.NODE_ENV` when they load. The program comes on standard input, so that no file has to be
 * found from sources and from both builds, and its path tells nothing about this machine.
 */
const denoArguments = (heapMegabytes: number): string[] => [
  'run',
  '--quiet',
  '--no-prompt',
  '--no-remote',
  '--no-npm',
  '--no-config',
  '--no-lock',
  '--no-code-cache',
  '--cached-only',
  '--ignore-env',
  `--v8-flags=--max-old-space-size=${heapMegabytes},--max-semi-space-size=8`,
  '--ext=js',
  '-',
]

/**
 * All that Deno itself sees of an environment. With a usable DENO_DIR, `localStorage` and `caches` would write files without any
 * permission, where every other app of this machine finds them.
 */
const ENVIRONMENT = {
  DENO_DIR: process.platform === 'win32' ? 'NUL\\none' : '/dev/null/none',
  DENO_NO_UPDATE_CHECK: '1',
  NO_COLOR: '1',
}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv']

/**
 * Finds the program that has the kernel end a guest when its parent ends. A closed descriptor tells every guest but one in a busy
 * loop, which would otherwise spin on after a crash of the host. Where there is none, only that case is left open.
 */
const findDeathSignal = (): readonly string[] => {
  const setpriv = process.platform === 'linux' ? SETPRIV.find((path) => existsSync(path)) : undefined
  if (!setpriv) return []
  const command = [setpriv, '--no-new-privs', '--pdeathsig', 'KILL']
  // Older versions, and the one of BusyBox, do not know the option.
  return spawnSync(setpriv, [...command.slice(1), setpriv, '--version'], { stdio: 'ignore' }).status === 0
    ? command
    : []
}

/** Starts Deno itself, ended by the kernel when its parent ends where that is possible. */
export const findLauncher = (): Launcher & { readonly diesWithParent: boolean } => {
  const before = findDeathSignal()
  return { command: (denoPath) => [...before, denoPath], wraps: false, diesWithParent: before.length > 0 }
}

/** Starts a guest that has no bundle yet. It does not keep the host alive: a runtime that nobody disposed of must not. */
export const launchGuest = ({ denoPath, heapMegabytes, launcher }: LaunchOptions): LaunchedGuest => {
  const [program = denoPath, ...args] = [...launcher.command(denoPath), ...denoArguments(heapMegabytes)]
  const child = spawn(program, args, {
    cwd: process.platform === 'win32' ? undefined : '/',
    env: ENVIRONMENT,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...(launcher.filter ? (['pipe'] as const) : [])],
    windowsHide: true,
  })
  // A guest that ends at once breaks the pipe; its exit says so.
  child.stdin?.on('error', () => {})
  child.stdin?.end(GUEST_SCRIPT)
  if (child.pid !== undefined) lower(child.pid)
  // With 'pipe', it is a socket.
  const filter = child.stdio[4] as Socket | undefined
  filter?.on('error', () => {})
  if (launcher.filter) filter?.end(launcher.filter)
  // With 'pipe', Node makes a socket here and of the others, whatever the types say.
  for (const stream of [child.stdin, child.stderr, child.stdio[3], filter] as (Socket | undefined)[]) stream?.unref()
  child.unref()
  return { child, channel: child.stdio[3] as Socket }
}

const lower = (pid: number): void => {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW)
    // When the machine runs out of memory, the kernel should choose a guest before the host.
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/oom_score_adj`, '1000')
  } catch {
    // It ended already, or the system does not allow it; the limits hold either way.
  }
}
